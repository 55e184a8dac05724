#include "gate/console/tokens.hpp"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace console_test
