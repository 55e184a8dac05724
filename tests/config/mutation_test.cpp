// A configuration damaged at random either loads or is refused with lines; it never brings the loader down.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "config/load.hpp"
#include "tests/config/example.hpp"

namespace {

std::string damaged(std::string text) {
  static const std::vector<std::string> scraps{"",      "\"",       "[",
                                               "]]",    "{",        "}",
                                               "=",     "\n",       std::string(1, 0),
                                               "\xFF",  "-1",       "9223372036854775808",
                                               "1e999", "nan",      "1979-05-27",
                                               "true",  "[[lane]]", "#",
                                               "'''",   "\\u0000",  "."};
  for (int left = *rc::gen::inRange(1, 5); left > 0; --left) {
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    const auto gone = *rc::gen::inRange<std::size_t>(0, 40);
    text.replace(at, gone, *rc::gen::elementOf(scraps));
  }
  return text;
}

void holds(const std::string& text) {
  const auto config = config::parse(text, "/etc/gatehouse/site.toml");
  if (config) {
    RC_ASSERT(!config->lanes.empty());
    RC_ASSERT(!config->link.platform_keys.empty());
    return;
  }
  RC_ASSERT(!config.error().empty());
  const int lines = 1 + static_cast<int>(std::count(text.begin(), text.end(), '\n'));
  for (const config::Problem& problem : config.error()) {
    RC_ASSERT(problem.line >= 1 && problem.line <= lines);
    RC_ASSERT(!problem.what.empty());
  }
}

RC_GTEST_PROP(Mutation, ADamagedConfigurationNeverBringsTheLoaderDown, ()) {
  holds(damaged(config_test::demo()));
}

RC_GTEST_PROP(Mutation, ALineMovedElsewhereNeverBringsTheLoaderDown, ()) {
  std::string text = config_test::demo();
  const std::size_t from = text.rfind('\n', *rc::gen::inRange<std::size_t>(0, text.size()));
  const std::size_t start = from == text.npos ? 0 : from + 1;
  const std::string line = text.substr(start, text.find('\n', start) - start + 1);
  text.insert(text.find('\n', *rc::gen::inRange<std::size_t>(0, text.size() - 1)) + 1, line);
  holds(text);
}

RC_GTEST_PROP(Mutation, AnyBytesAreRefusedWithALine, (const std::string& bytes)) { holds(bytes); }

}  // namespace
