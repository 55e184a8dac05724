#include "gate/console/guard.hpp"

#include <array>

namespace console {
namespace {

constexpr std::array<std::string_view, 3> own_names = {"127.0.0.1", "localhost", "[::1]"};

bool is_own_host(std::string_view host, int port) {
  const std::string with_port = ":" + std::to_string(port);
  for (const std::string_view name : own_names) {
    if (host == std::string(name) + with_port || (port == 80 && host == name)) return true;
  }
  return false;
}

Response unauthorized(std::string_view what) {
  Response response = failure(401, "unauthorized", what);
  response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

}  // namespace

std::optional<Response> turn_away(const Request& request, int port) {
  if (request.peer.control) return std::nullopt;
  if (!request.host) return failure(400, "malformed", "exactly one Host header is needed");
  if (!is_own_host(*request.host, port)) {
    return failure(421, "misdirected", "Host must be 127.0.0.1, localhost or [::1] with this port");
  }
  if (request.origin && *request.origin != "http://" + *request.host) {
    return failure(403, "forbidden", "requests from pages of another origin are refused");
  }
  return std::nullopt;
}

core::Result<Person> identify(const Request& request, const Tokens& tokens) {
  if (!request.authorization) {
    if (request.peer.control) return Person{request.peer.name, Role::supervisor, false};
    return Person{};
  }
  constexpr std::string_view scheme = "Bearer ";
  const std::string_view value = *request.authorization;
  if (!value.starts_with(scheme))
    return core::fail(core::Fault::refused, "Authorization must be: Bearer TOKEN");
  if (const auto person = tokens.find(value.substr(scheme.size()))) return *person;
  return core::fail(core::Fault::refused, "this token is not known");
}

std::optional<Response> forbid(Access access, const Person& person) {
  const Role role = person.role;
  if (access == Access::open) return std::nullopt;
  if (role == Role::nobody) return unauthorized("a bearer token is needed: Authorization: Bearer TOKEN");
  if (access == Access::decide && role != Role::operator_ && role != Role::supervisor) {
    return failure(403, "forbidden", "only an operator or a supervisor may decide");
  }
  if (access == Access::confidential && role != Role::auditor && role != Role::supervisor) {
    return failure(403, "forbidden", "only a supervisor or an auditor may read this");
  }
  if (access == Access::supervise && role != Role::supervisor) {
    return failure(403, "forbidden", "only a supervisor may do this");
  }
  return std::nullopt;
}

}  // namespace console
