// The page of examples and the code say the same, byte for byte.
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <sodium.h>

#include "drivers/badge/identity.hpp"
#include "gate/audit/hash.hpp"
#include "gate/audit/note.hpp"
#include "gate/bytes/bytes.hpp"
#include "gate/canon/canon.hpp"
#include "sync/wire/message.hpp"
#include "tests/sync/change_text.hpp"
#include "tests/sync/page.hpp"

using namespace syncing;
using namespace syncing_test;

namespace {

const Stream stream{"T869", "uat"};
constexpr std::size_t max_bytes = 1 << 20;

std::string unhex(const std::string& text) {
  return bytes::from_hex(text, text.size() / 2).value_or("not hex");
}

std::string part_of(const std::string& compact, int index) {
  std::size_t start = 0;
  for (; index > 0; --index) start = compact.find('.', start) + 1;
  return compact.substr(start, compact.find('.', start) - start);
}

const unsigned char* raw(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// X25519 by libsodium itself.
std::string agreed(const std::string& secret, const std::string& theirs) {
  std::string shared(32, '\0');
  const bool agreed = secret.size() == 32 && theirs.size() == 32 &&
                      crypto_scalarmult_curve25519(reinterpret_cast<unsigned char*>(shared.data()),
                                                   raw(secret), raw(theirs)) == 0;
  return agreed ? shared : "no secret";
}

/// Sealing as the code does it, but with the page's own key and nonce, which the code never takes from
/// anybody.
std::string sealed_by_hand(const std::string& aad, const std::string& key, const std::string& nonce,
                           const std::string& plain) {
  std::string cipher(plain.size(), '\0');
  std::string tag(16, '\0');
  int done = 0;
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), nullptr, raw(key), raw(nonce));
  EVP_EncryptUpdate(context, nullptr, &done, raw(aad), static_cast<int>(aad.size()));
  EVP_EncryptUpdate(context, reinterpret_cast<unsigned char*>(cipher.data()), &done, raw(plain),
                    static_cast<int>(plain.size()));
  EVP_EncryptFinal_ex(context, nullptr, &done);
  EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, 16, tag.data());
  EVP_CIPHER_CTX_free(context);
  return aad + ".." + bytes::to_base64url(nonce) + '.' + bytes::to_base64url(cipher) + '.' +
         bytes::to_base64url(tag);
}

/// Each fence again, from the page's own keys, numbers and payloads, as the code makes it.
class ByTheCode {
 public:
  explicit ByTheCode(Fences page) : page_(std::move(page)) {}

  Fences all() {
    keys();
    head();
    message<Batch>("batch", platform());
    encryption();
    snapshot();
    message<Request>("request", appliance());
    message<EventMessage>("event", appliance());
    message<Receipt>("receipt", platform());
    message<Status>("status", appliance());
    checkpoint();
    message<Status>("restored", appliance());
    message<Receipt>("told", platform());
    return said_;
  }

 private:
  const std::string& page(const std::string& name) { return page_[name]; }

  SigningKey platform() { return {"p1", unhex(page("platform.seed"))}; }
  SigningKey appliance() { return {"a1", unhex(page("appliance.seed"))}; }
  OpeningKey terminal() { return OpeningKey::from_hex("t1", page("terminal.private")).value(); }

  static std::string made(const std::string& name) {
    return bytes::to_hex(bytes::sha256("gatehouse example: " + name));
  }

  void keys() {
    said_["platform.seed"] = made("platform");
    said_["platform.public"] = platform().public_key_hex();
    said_["appliance.seed"] = made("appliance");
    said_["appliance.public"] = appliance().public_key_hex();
    said_["terminal.private"] = made("terminal");
    said_["terminal.public"] = bytes::to_hex(bytes::view(terminal().sealing_key().key));
    said_["identity.key"] = made("identity");
    said_["driver.card"] = "0012345678";
    const auto key = badge::IdentityKey::from_hex(page("identity.key"), "k1");
    said_["driver.hash"] = badge::driver_id_hash(*key, page("driver.card")).value_or("no card");
  }

  /// The payload as the code writes what it reads there, and the message signed over it.
  template <class Message>
  void message(const std::string& name, const SigningKey& key) {
    const auto read = read_payload<Message>(stream, page(name + ".payload"));
    said_[name + ".payload"] = read ? payload_of(stream, *read) : read.error().what;
    said_[name + ".jws"] = sign_jws(key, typ_of<Message>, page(name + ".payload"));
  }

  void head() {
    message<Head>("head", platform());
    const std::string& jws = page("head.jws");
    said_["head.header"] = bytes::from_base64url(part_of(jws, 0)).value_or("no base64url");
    said_["head.input"] = jws.substr(0, jws.rfind('.'));
    said_["head.signature"] = bytes::to_hex(platform().sign(page("head.input")));
  }

  void encryption() {
    const std::string ephemeral = made("batch ephemeral");
    const std::string base = std::string(1, '\x09') + std::string(31, '\0');
    const std::string shared = agreed(unhex(page("batch.ephemeral.private")), unhex(page("terminal.public")));
    const std::string key = derive_key(shared, "A256GCM", 256, {}, {});
    said_["batch.ephemeral.private"] = ephemeral;
    said_["batch.ephemeral.public"] = bytes::to_hex(agreed(unhex(page("batch.ephemeral.private")), base));
    said_["batch.shared"] = bytes::to_hex(shared);
    const std::string input = unhex(page("batch.kdf"));
    said_["batch.kdf"] = bytes::sha256(input) == key ? page("batch.kdf") : "hashes to another key";
    said_["batch.key"] = bytes::to_hex(key);
    said_["batch.jwe.header"] = R"({"alg":"ECDH-ES","cty":"JOSE","enc":"A256GCM","epk":{"crv":"X25519",)"
                                R"("kty":"OKP","x":")" +
                                bytes::to_base64url(unhex(page("batch.ephemeral.public"))) +
                                R"("},"kid":"t1"})";
    said_["batch.aad"] = bytes::to_base64url(page("batch.jwe.header"));
    said_["batch.nonce"] = made("batch nonce").substr(0, 24);
    said_["batch.jwe"] =
        sealed_by_hand(page("batch.aad"), key, unhex(page("batch.nonce")), page("batch.jws"));
    opened("batch");
    const auto as_sent = change_of(page("right.as-sent"));
    said_["right.as-sent"] = right_of(as_sent) == first_right() ? page("right.as-sent") : right_of(as_sent);
  }

  /// The code opens what the page has sealed.
  void opened(const std::string& name) {
    const auto opened = open_jwe(page(name + ".jwe"), terminal(), max_bytes);
    const std::string what = opened ? *opened : opened.error().what;
    if (what != page(name + ".jws")) said_[name + ".jwe"] = what;
  }

  static std::string right_of(const ReadChange& change) {
    const auto* good = std::get_if<Change>(&change);
    const auto* right = good ? std::get_if<core::ReleaseRight>(&good->data) : nullptr;
    return right ? canon::write(*right) : "no right";
  }

  std::string first_right() {
    const auto part = read_payload<SnapshotPart>(stream, page("part1.payload"));
    return part ? right_of(part->changes.at(0)) : part.error().what;
  }

  void snapshot() {
    std::vector<PartDigest> digests;
    for (const std::string name : {"part1", "part2"}) {
      message<SnapshotPart>(name, platform());
      said_[name + ".sha256"] = bytes::to_hex(bytes::sha256(page(name + ".payload")));
      digests.push_back({.sha256 = page(name + ".sha256"), .count = 2});
    }
    said_["manifest.digest"] = digest_of(digests);
    message<SnapshotManifest>("manifest", platform());
    for (const std::string name : {"manifest", "part1", "part2"}) {
      said_[name + ".jwe"] = page(name + ".jwe");
      opened(name);
    }
  }

  /// The note is one that the code opens and finds to be of this very tree.
  void checkpoint() {
    std::vector<audit::Hash> leaves;
    for (const std::string name : {"leaf1", "leaf2"}) {
      leaves.push_back(
          audit::leaf_hash(audit::commitment(unhex(page(name + ".salt")), page(name + ".record"))));
      said_[name + ".record"] = page(name + ".record");
      said_[name + ".salt"] = page(name + ".salt");
      said_[name + ".hash"] = bytes::to_hex(bytes::view(leaves.back()));
    }
    const audit::Hash root = audit::node_hash(leaves[0], leaves[1]);
    said_["checkpoint.root"] = bytes::to_base64(bytes::view(root));
    message<CheckpointMessage>("checkpoint", appliance());
    const auto read = read_payload<CheckpointMessage>(stream, page("checkpoint.payload"));
    const audit::Verifier verifier{"gatehouse/T869/a1", appliance().public_key()};
    const auto text = read ? audit::open_note(read->note, verifier) : tl::unexpected(read.error());
    const std::string expected =
        "gatehouse/T869/a1/" + (read ? read->journal_id : "") + "\n2\n" + said_["checkpoint.root"] + "\n";
    if (!text || *text != expected) said_["checkpoint.payload"] = text ? *text : text.error().what;
  }

  Fences page_;
  Fences said_;
};

bool parked(const ReadChange& change) { return std::holds_alternative<ParkedChange>(change); }

}  // namespace

TEST(Examples, ThePageSaysWhatTheCodeDoes) {
  ASSERT_GE(sodium_init(), 0);
  const Fences page = example_fences();
  const Fences code = ByTheCode(page).all();
  ASSERT_GT(page.size(), 40u);
  for (const auto& [name, text] : page)
    EXPECT_EQ(code.contains(name) ? code.at(name) : "nothing", text) << name;
  EXPECT_EQ(page.size(), code.size());
}

TEST(Examples, AnotherCharacterAnywhereIsNoticed) {
  ASSERT_GE(sodium_init(), 0);
  const Fences page = example_fences();
  for (const auto& [name, text] : page)
    for (const std::size_t place : {std::size_t{0}, text.size() / 2, text.size() - 1}) {
      Fences changed = page;
      changed[name][place] = text[place] == '1' ? '2' : '1';
      EXPECT_NE(ByTheCode(changed).all(), changed) << name << " at " << place;
    }
}

TEST(Examples, ShowEveryKindOfChangeAndNoneIsParked) {
  const Fences page = example_fences();
  std::set<std::pair<ChangeKind, ChangeOp>> shown;
  auto changes = read_payload<Batch>(stream, page.at("batch.payload"))->changes;
  for (const char* name : {"part1.payload", "part2.payload"}) {
    const auto part = read_payload<SnapshotPart>(stream, page.at(name));
    changes.insert(changes.end(), part->changes.begin(), part->changes.end());
  }
  for (const auto& change : changes) {
    ASSERT_FALSE(parked(change)) << std::get<ParkedChange>(change).reason;
    shown.emplace(std::get<Change>(change).kind, std::get<Change>(change).op);
  }
  std::set<ChangeKind> kinds;
  for (const auto& [kind, op] : shown) kinds.insert(kind);
  EXPECT_EQ(kinds.size(), 6u);
  EXPECT_GE(shown.size(), 8u);
}
