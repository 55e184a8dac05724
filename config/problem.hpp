// What is wrong with a configuration: where, which key, what, and what is allowed.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace config {

struct Problem {
  std::filesystem::path file;
  int line = 1;
  std::string key;   // "lane.barrier.module"; empty: the file as a whole
  std::string what;  // never shows the content of a secret
};

/// "file:line: key: what"
[[nodiscard]] std::string text(const Problem& problem);

/// One problem a line, each line ended.
[[nodiscard]] std::string text(const std::vector<Problem>& problems);

}  // namespace config
