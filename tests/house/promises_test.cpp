// Every promise names a test, and the test exists.
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace fs = std::filesystem;

namespace {

std::string read(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// "Suite.Name" of every test in the tree; parameterised ones by the same two words.
std::set<std::string> tests_in(const fs::path& folder) {
  static const std::regex declared(
      R"((?:TEST|TEST_F|TEST_P|TYPED_TEST|TYPED_TEST_P|RC_GTEST_PROP|RC_GTEST_FIXTURE_PROP)\(\s*(\w+)\s*,\s*(\w+))");
  std::set<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string text = read(entry.path());
    for (std::sregex_iterator it(text.begin(), text.end(), declared), end; it != end; ++it)
      found.insert((*it)[1].str() + "." + (*it)[2].str());
  }
  return found;
}

}  // namespace

TEST(Promises, EachIsProvenByATestThatExists) {
  const fs::path folder = fs::path(GATEHOUSE_SOURCE) / "tests";
  const auto tests = tests_in(folder);
  static const std::regex named(R"(`(\w+\.\w+)`)");
  const std::string page = read(folder / "PROMISES.md");
  int promises = 0;
  for (std::sregex_iterator it(page.begin(), page.end(), named), end; it != end; ++it, ++promises)
    EXPECT_TRUE(tests.contains((*it)[1].str()))
        << "PROMISES.md names " << (*it)[1].str() << ", which no file declares";
  EXPECT_GE(promises, 9);
}
