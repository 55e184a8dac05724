#include "gate/console/tokens.hpp"

#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace console_test {
namespace {

using console::Role;
using console::Tokens;

TEST(ConsoleTokens, NameAPersonAndARole) {
  const auto tokens = Tokens::parse(
      "# people\n\nann operator aaaaaaaaaaaaaaaa\n  bob\tsupervisor bbbbbbbbbbbbbbbb \r\n", "t");
  ASSERT_TRUE(tokens) << tokens.error().what;
  EXPECT_EQ(tokens->find("aaaaaaaaaaaaaaaa")->name, "ann");
  EXPECT_EQ(tokens->find("bbbbbbbbbbbbbbbb")->role, Role::supervisor);
  EXPECT_FALSE(tokens->find("aaaaaaaaaaaaaaab"));
  EXPECT_FALSE(tokens->find("aaaaaaaaaaaaaaa"));
  EXPECT_FALSE(tokens->find(""));
}

TEST(ConsoleTokens, ALineThatIsWrongIsNamedWithoutItsToken) {
  for (const std::string line :
       {"ann", "ann operator", "ann operator tokentokentoken1 more", "ann king tokentokentoken1",
        "ann operator short", "Ann operator tokentokentoken1", "uid:0 operator tokentokentoken1",
        "bob operator tokentokentoken2", "bob2 operator bbbbbbbbbbbbbbbb"}) {
    const auto tokens = Tokens::parse("# x\nbob supervisor bbbbbbbbbbbbbbbb\n" + line, "tokens");
    ASSERT_FALSE(tokens) << line;
    EXPECT_EQ(tokens.error().what.find("tokens:3: "), 0U) << tokens.error().what;
    EXPECT_EQ(tokens.error().what.find("tokentoken"), std::string::npos);
  }
}

TEST(ConsoleTokens, AFileThatOthersMayUseIsRefused) {
  const auto file = std::filesystem::temp_directory_path() / ("tokens-" + std::to_string(::getpid()));
  std::ofstream(file) << "ann operator aaaaaaaaaaaaaaaa\n";
  for (const mode_t mode : {0604, 0640, 0602, 0660, 0644, 0601}) {
    ::chmod(file.c_str(), mode);
    const auto tokens = Tokens::load(file);
    ASSERT_FALSE(tokens) << std::oct << mode;
    EXPECT_EQ(tokens.error().fault, core::Fault::refused);
  }
  for (const mode_t mode : {0600, 0400}) {
    ::chmod(file.c_str(), mode);
    EXPECT_TRUE(Tokens::load(file)) << std::oct << mode;
  }
  std::filesystem::remove(file);
  EXPECT_EQ(Tokens::load(file).error().fault, core::Fault::not_found);
  EXPECT_EQ(Tokens::load(std::filesystem::temp_directory_path()).error().fault, core::Fault::refused);
}

}  // namespace
}  // namespace console_test
