// The fences of sync/EXAMPLES.md: ```text NAME, then what the page says it is.
#pragma once

#include <fstream>
#include <map>
#include <string>

namespace syncing_test {

using Fences = std::map<std::string, std::string>;

inline Fences fences_of(const std::string& file) {
  Fences fences;
  std::ifstream page(file);
  std::string name;
  std::string text;
  bool within = false;
  for (std::string line; std::getline(page, line);) {
    if (within && line == "```") {
      fences[name] = text.substr(0, text.size() - 1);  // the line feed before the closing fence is not of it
      within = false;
    } else if (within) {
      text += line + '\n';
    } else if (line.starts_with("```text ")) {
      name = line.substr(8);
      text.clear();
      within = true;
    }
  }
  return fences;
}

inline Fences example_fences() { return fences_of(std::string(GATEHOUSE_SOURCE) + "/sync/EXAMPLES.md"); }

}  // namespace syncing_test
