#include "gate/console/router.hpp"

#include <algorithm>
#include <array>

#include "gate/console/api.hpp"

namespace console {
namespace {

constexpr std::array table = std::to_array<Route>({
    {"GET", "/", Access::open, &Api::page},
    {"GET", "/page/{file}", Access::open, &Api::page_file},
    {"GET", "/driver/{lane}", Access::open, &Api::driver_page},
    {"GET", "/healthz", Access::open, &Api::health},
    {"GET", "/metrics", Access::open, &Api::metrics},
    {"GET", "/api/status", Access::open, &Api::status},
    {"GET", "/api/person", Access::person, &Api::person},
    {"GET", "/api/lanes", Access::open, &Api::lanes},
    {"GET", "/api/lanes/{lane}", Access::open, &Api::lane},
    {"POST", "/api/lanes/{lane}/decisions", Access::decide, &Api::decide},
    {"GET", "/api/passages", Access::open, &Api::passages},
    {"GET", "/api/passages/{id}", Access::open, &Api::passage},
    {"GET", "/api/passages/{id}/cases", Access::confidential, &Api::cases},
    {"GET", "/api/audit/log", Access::confidential, &Api::audit_log},
    {"GET", "/api/audit/leaves", Access::confidential, &Api::audit_leaves},
    {"GET", "/api/pictures/{sha256}", Access::open, &Api::picture},
    {"GET", "/api/sync/parked", Access::person, &Api::parked},
    {"GET", "/api/outbox", Access::person, &Api::outbox},
    {"GET", "/api/findings", Access::open, &Api::findings},
    {"POST", "/api/findings/{ulid}", Access::decide, &Api::settle},
    {"POST", "/api/backup", Access::supervise, &Api::import_backup, true},
    {"POST", "/api/backup/inspect", Access::supervise, &Api::inspect_backup, true},
    {"GET", "/api/live", Access::open, &Api::live},
    {"GET", "/api/driver/{lane}/live", Access::open, &Api::driver_live},
});

constexpr std::string_view page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
constexpr std::string_view data_policy = "default-src 'none'; frame-ancestors 'none'; sandbox";

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.';
}

}  // namespace

std::span<const Route> routes() { return table; }

bool takes_upload(std::string_view method, std::string_view path) {
  return std::any_of(table.begin(), table.end(), [method, path](const Route& route) {
    return route.upload && route.method == method && route.path == path;
  });
}

std::optional<std::string> match(std::string_view pattern, std::string_view path) {
  const std::size_t brace = pattern.find('{');
  if (brace == std::string_view::npos) {
    return pattern == path ? std::optional<std::string>("") : std::nullopt;
  }
  const std::string_view before = pattern.substr(0, brace);
  const std::string_view after = pattern.substr(pattern.find('}') + 1);
  if (path.size() <= before.size() + after.size() || !path.starts_with(before) || !path.ends_with(after)) {
    return std::nullopt;
  }
  const std::string_view name = path.substr(before.size(), path.size() - before.size() - after.size());
  for (const char c : name) {
    if (!is_name_character(c)) return std::nullopt;
  }
  return std::string(name);
}

std::optional<std::string> query_value(std::string_view query, std::string_view key) {
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    if (pair.starts_with(key) && pair.substr(key.size()).starts_with('=')) {
      return std::string(pair.substr(key.size() + 1));
    }
  }
  return std::nullopt;
}

void harden(Response& response) {
  const bool page = response.type.starts_with("text/html");
  response.headers.emplace_back("Content-Security-Policy", page ? page_policy : data_policy);
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("X-Frame-Options", "DENY");
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  response.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.emplace_back("Cache-Control", "no-store");
}

}  // namespace console
