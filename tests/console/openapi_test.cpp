#include <fstream>
#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "gate/console/router.hpp"

namespace console_test {
namespace {

/// "GET /api/status" for every operation under `paths:`.
std::set<std::string> listed_routes() {
  std::ifstream file(GATEHOUSE_SOURCE "/gate/console/openapi.yaml");
  std::set<std::string> routes;
  std::string line, path;
  bool within = false;
  const std::regex path_line("  (/[^:]*):"), method_line("    (get|post|put|patch|delete|head|options):");
  std::smatch match;
  while (std::getline(file, line)) {
    if (!line.empty() && line.front() != ' ') within = line == "paths:";
    if (within && std::regex_match(line, match, path_line)) path = match[1];
    if (!within || !std::regex_match(line, match, method_line)) continue;
    std::string method = match[1];
    for (char& c : method) c = static_cast<char>(std::toupper(c));
    routes.insert(method + " " + path);
  }
  return routes;
}

TEST(ConsoleOpenApi, ListsExactlyTheRoutesThatThereAre) {
  std::set<std::string> served;
  for (const console::Route& route : console::routes()) {
    served.insert(std::string(route.method) + " " + std::string(route.path));
  }
  EXPECT_EQ(listed_routes(), served);
  EXPECT_GE(served.size(), 16U);
}

}  // namespace
}  // namespace console_test
