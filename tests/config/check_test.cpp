#include "config/check.hpp"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/key_file.hpp"
#include "tests/config/example.hpp"
#include "tests/config/pem.hpp"

namespace {

namespace fs = std::filesystem;
using config_test::Folder;
using config_test::spill;
using testing::HasSubstr;

void secret(const fs::path& file, const std::string& text) {
  spill(file, text);
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
}

/// Rooms that take every file but those that say they are bad.
const config::Judges judges = {
    .tokens = [](const std::string& text, const std::string& name) -> core::Result<void> {
      if (text == "bad") return core::fail(core::Fault::malformed, name + ":1: no token");
      return {};
    },
    .models = [](const fs::path& folder) -> core::Result<void> {
      if (!fs::exists(folder / "net"))
        return core::fail(core::Fault::not_found, folder.string() + ": no net");
      return {};
    }};

/// The demonstration's configuration with everything that it names.
struct Site {
  Folder folder;
  fs::path file = folder.path() / "config/demo.toml";
  fs::path state = folder.path() / "build/demo-state";

  Site() {
    spill(file, config_test::demo());
    for (const char* name : {"ca.pem", "appliance.pem"})
      spill(state / name, config_test::some_pem().certificate);
    secret(state / "appliance.key", config_test::some_pem().key);
    secret(state / "tokens", "good");
    for (const char* name : {"identity.key", "signing.key", "encryption.key"})
      secret(state / name, config_test::some_key + "\n");
    spill(folder.path() / "drivers/reader/models/net", "");
  }

  [[nodiscard]] std::string problems() const { return config::text(config::check(file, judges).problems); }
};

TEST(Check, AConfigurationWithAllItsFilesIsGood) {
  const Site site;
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(config::check_command(site.file, judges, out, err), 0);
  EXPECT_EQ(out.str(), site.file.string() + ": good\n");
  EXPECT_EQ(err.str(), "");
}

TEST(Check, AMissingFileIsReportedAtTheLineThatNamesIt) {
  const Site site;
  fs::remove(site.state / "ca.pem");
  EXPECT_THAT(site.problems(),
              testing::MatchesRegex(".*demo.toml:14: link.ca: .*/build/demo-state/ca.pem: no such file\n"));
}

TEST(Check, ASecretThatOthersCanOpenIsReported) {
  const Site site;
  for (const char* name : {"appliance.key", "tokens", "identity.key", "signing.key", "encryption.key"}) {
    fs::permissions(site.state / name, fs::perms::group_read, fs::perm_options::add);
    EXPECT_THAT(site.problems(), HasSubstr(std::string(name) + ": open to others than its owner")) << name;
    fs::permissions(site.state / name, fs::perms::group_read, fs::perm_options::remove);
  }
  EXPECT_EQ(site.problems(), "");
}

TEST(Check, ACredentialThatSystemdHandsOverOnlyToTheRunningServiceIsNotMissed) {
  const Site site;
  const std::string text = config_test::demo();
  spill(site.file, config_test::with(text, "\"../build/demo-state/tokens\"",
                                     "\"/run/credentials/gatehouse-test.service/tokens\""));
  EXPECT_EQ(site.problems(), "");
  std::ostringstream out;
  EXPECT_EQ(config::check_command(site.file, judges, out, out), 0);
  EXPECT_THAT(out.str(), HasSubstr("not looked at, as systemd hands it over when the service starts: "
                                   "/run/credentials/gatehouse-test.service/tokens\n"));
  spill(site.file, config_test::with(text, "\"../build/demo-state/tokens\"", "\"/run/elsewhere/tokens\""));
  EXPECT_THAT(site.problems(), HasSubstr("/run/elsewhere/tokens: no such file"));
}

TEST(Check, AKeyFileWithoutAKeyIsReportedWithoutItsContent) {
  const Site site;
  secret(site.state / "signing.key", "swordfish");
  EXPECT_THAT(site.problems(), HasSubstr("signing.key: not a key, allowed: 64 hex digits"));
  EXPECT_THAT(site.problems(), testing::Not(HasSubstr("swordfish")));
}

TEST(Check, ACertificateThatIsNoneIsReportedAtTheLineThatNamesIt) {
  const Site site;
  for (const char* name : {"ca.pem", "appliance.pem"}) {
    spill(site.state / name, config_test::some_pem().key);
    EXPECT_THAT(site.problems(), HasSubstr(std::string(name) + ": not a certificate, allowed: X.509 in PEM"));
    spill(site.state / name, config_test::some_pem().certificate);
  }
  EXPECT_EQ(site.problems(), "");
}

TEST(Check, APrivateKeyThatIsNoneIsReportedWithoutItsContent) {
  const Site site;
  for (const std::string& text : {config_test::some_pem().certificate, std::string("swordfish")}) {
    secret(site.state / "appliance.key", text);
    EXPECT_THAT(site.problems(), testing::AllOf(HasSubstr("demo.toml:16: link.key: "),
                                                HasSubstr("appliance.key: not a private key, allowed:"),
                                                testing::Not(HasSubstr("swordfish"))));
  }
}

TEST(Check, WhatARoomSaysOfItsFilesIsReportedAtTheLineThatNamesThem) {
  const Site site;
  secret(site.state / "tokens", "bad");
  fs::remove(site.folder.path() / "drivers/reader/models/net");
  EXPECT_THAT(site.problems(),
              testing::AllOf(HasSubstr("site.models: "), HasSubstr("drivers/reader/models: no net"),
                             HasSubstr("console.tokens: "), HasSubstr("tokens:1: no token")));
}

TEST(Check, MistakesOfTheFileAndMissingFilesComeTogether) {
  const Site site;
  fs::remove(site.state / "tokens");
  spill(site.file, config_test::with(config_test::demo(), "prompt_time = \"3s\"", "prompt_time = 3"));
  EXPECT_THAT(site.problems(),
              testing::AllOf(HasSubstr("lane.prompt_time: wrong type"), HasSubstr("tokens: no such file")));
}

TEST(Check, AStateFolderMayStillHaveToBeMade) {
  const Site site;
  spill(site.file, config_test::with(config_test::demo(), "state = \"../build/demo-state\"",
                                     "state = \"../new/state\""));
  EXPECT_EQ(site.problems(), "");
  spill(site.folder.path() / "new", "a file in the way");
  EXPECT_THAT(site.problems(), HasSubstr("site.state: "));
}

TEST(Check, TheCommandTellsEveryProblemAndFails) {
  const Site site;
  fs::remove(site.state / "tokens");
  fs::remove(site.state / "ca.pem");
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(config::check_command(site.file, judges, out, err), 1);
  EXPECT_EQ(out.str(), "");
  EXPECT_EQ(err.str(), site.problems());
}

TEST(KeyFile, ASecretKeyIsReadOnlyFromAClosedFile) {
  const Folder folder;
  const fs::path file = folder.path() / "key";
  EXPECT_EQ(config::read_secret_key(file).error().fault, core::Fault::not_found);
  spill(file, config_test::some_key);
  fs::permissions(file, fs::perms::others_read, fs::perm_options::add);
  EXPECT_EQ(config::read_secret_key(file).error().fault, core::Fault::refused);
  EXPECT_EQ(config::read_public_key(file), config_test::some_key);
  secret(file, config_test::some_key + "\n");
  EXPECT_EQ(config::read_secret_key(file), config_test::some_key);
  secret(file, config_test::some_key + "00");
  EXPECT_EQ(config::read_secret_key(file).error().fault, core::Fault::malformed);
  EXPECT_EQ(config::read_secret_key(folder.path()).error().fault, core::Fault::refused);
}

TEST(KeyFile, ASecretOpenToAnybodyElseIsRefusedByNameAndMode) {
  const Folder folder;
  const fs::path file = folder.path() / "tokens";
  spill(file, "ann operator swordfish");
  for (const unsigned mode : {0604U, 0640U, 0602U, 0660U, 0644U, 0601U, 0440U}) {
    fs::permissions(file, fs::perms(mode));
    const auto text = config::read_secret(file);
    ASSERT_FALSE(text) << std::oct << mode;
    EXPECT_EQ(text.error().fault, core::Fault::refused);
    EXPECT_THAT(text.error().what, testing::AllOf(HasSubstr(file.string()), HasSubstr("0600"),
                                                  testing::Not(HasSubstr("swordfish"))));
  }
  for (const unsigned mode : {0600U, 0400U}) {
    fs::permissions(file, fs::perms(mode));
    EXPECT_EQ(config::read_secret(file), "ann operator swordfish") << std::oct << mode;
  }
  secret(file, std::string(64 * 1024 + 1, 'x'));
  EXPECT_THAT(config::read_secret(file).error().what, HasSubstr("64 KiB"));
}

TEST(KeyFile, ACredentialHandedOverBySystemdMayShowItsAccessListAsGroupMode) {
  const Folder folder;
  const fs::path credential = folder.path() / "credentials/signing.key";
  const fs::path elsewhere = folder.path() / "signing.key";
  for (const fs::path& file : {credential, elsewhere}) {
    spill(file, config_test::some_key);
    fs::permissions(file, fs::perms(0440));
  }
  ASSERT_EQ(::setenv("CREDENTIALS_DIRECTORY", credential.parent_path().c_str(), 1), 0);
  EXPECT_EQ(config::read_secret_key(credential), config_test::some_key);
  EXPECT_FALSE(config::read_secret_key(elsewhere));
  fs::permissions(credential, fs::perms(0444));
  EXPECT_FALSE(config::read_secret_key(credential));
  ::unsetenv("CREDENTIALS_DIRECTORY");
  fs::permissions(credential, fs::perms(0440));
  EXPECT_FALSE(config::read_secret_key(credential));
}

}  // namespace
