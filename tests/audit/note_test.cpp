#include "gate/audit/note.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include "gate/audit/checkpoint.hpp"
#include "gate/bytes/bytes.hpp"

namespace {

using namespace audit;
using testing::HasSubstr;

struct Signer {
  explicit Signer(std::string name, unsigned char seed = 7) : verifier{std::move(name), {}} {
    std::array<unsigned char, crypto_sign_SEEDBYTES> bytes{};
    bytes.fill(seed);
    crypto_sign_seed_keypair(verifier.key.data(), secret.data(), bytes.data());
  }
  [[nodiscard]] Sign sign() const {
    return [this](std::string_view text) {
      std::string signature(crypto_sign_BYTES, '\0');
      crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                           reinterpret_cast<const unsigned char*>(text.data()), text.size(), secret.data());
      return signature;
    };
  }
  Verifier verifier;
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
};

const std::string text = "gate north-1\n17\nsomething\n";

TEST(Note, SignedByAKnownKeyGivesItsText) {
  const Signer gate("gate-1");
  const std::string note = sign_note(text, gate.verifier, gate.sign());
  EXPECT_THAT(note, HasSubstr("\n\n\xE2\x80\x94 gate-1 "));
  EXPECT_EQ(open_note(note, gate.verifier), text);
}

TEST(Note, MayCarryAWitnessesSignatureToo) {
  const Signer gate("gate-1"), witness("port", 9);
  const std::string note = sign_note(text, gate.verifier, gate.sign());
  const std::string second = sign_note(text, witness.verifier, witness.sign()).substr(text.size() + 1);
  EXPECT_EQ(open_note(note + second, gate.verifier), text);
  EXPECT_EQ(open_note(note + second, witness.verifier), text);
}

TEST(Note, OfAnotherKeyNameOrTextIsRefused) {
  const Signer gate("gate-1"), namesake("gate-1", 8), other("gate-2");
  const std::string note = sign_note(text, gate.verifier, gate.sign());
  for (const Signer* stranger : {&namesake, &other})
    EXPECT_EQ(open_note(note, stranger->verifier).error().fault, core::Fault::refused);
  std::string edited = note;
  edited[5] = 'X';
  EXPECT_THAT(open_note(edited, gate.verifier).error().what, HasSubstr("does not fit"));
}

TEST(Note, ThatIsNoneIsMalformed) {
  const Signer gate("gate-1");
  const std::string note = sign_note(text, gate.verifier, gate.sign());
  for (const std::string& broken :
       {std::string(), text, note.substr(0, note.size() - 1), note + "more\n", text + "\nno signature\n"})
    EXPECT_EQ(open_note(broken, gate.verifier).error().fault, core::Fault::malformed) << broken;
  EXPECT_EQ(open_note(text + "\n", gate.verifier).error().fault, core::Fault::refused);
}

TEST(Note, ShowsItsKeyAsToolsExchangeIt) {
  // The example key of the Go checksum database's note package.
  const std::string shown = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  const auto key = bytes::from_base64(shown.substr(shown.rfind('+') + 1));
  ASSERT_TRUE(key);
  Verifier example{"PeterNeumann", {}};
  std::copy(key->begin() + 1, key->end(), example.key.begin());
  EXPECT_EQ(verifier_text(example), shown);
}

TEST(Checkpoint, ComesBackAsItWasSigned) {
  const Signer gate("gate-1");
  const Checkpoint made{"K913/north-1/01J0000000000000000000000", 12345678901, leaf_hash("x")};
  const auto opened = open_checkpoint(sign_checkpoint(made, gate.verifier, gate.sign()), gate.verifier);
  ASSERT_TRUE(opened) << opened.error().what;
  EXPECT_EQ(*opened, made);
}

TEST(Checkpoint, WithoutOriginSizeOrRootIsMalformed) {
  const Signer gate("gate-1");
  const std::string root = "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=";
  for (const std::string& broken :
       {"\n1\n" + root + "\n", "log\n01\n" + root + "\n", "log\n-1\n" + root + "\n",
        "log\n1\n" + root.substr(4) + "\n", std::string("log\n1\n"), "log\n1 \n" + root + "\n"})
    EXPECT_EQ(open_checkpoint(sign_note(broken, gate.verifier, gate.sign()), gate.verifier).error().fault,
              core::Fault::malformed)
        << broken;
}

}  // namespace
