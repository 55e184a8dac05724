// Who may ask for what, before any route runs.
#pragma once

#include <optional>

#include "gate/console/message.hpp"
#include "gate/console/tokens.hpp"

namespace console {

/// What a route asks of its caller.
enum class Access {
  open,          // anybody on this machine
  person,        // anybody with a token, or over the control socket
  decide,        // an operator or a supervisor
  confidential,  // a supervisor or an auditor
  supervise,     // a supervisor
};

/// Pages of other origins are turned away: Host must be this machine under our port (else another name was
/// made to point at us), and Origin, where a browser sends one, must be that same host. Not asked over the
/// control socket. Nullopt: welcome.
[[nodiscard]] std::optional<Response> turn_away(const Request& request, int port);

/// The person behind the request; over the control socket, without a token, the peer itself, as a
/// supervisor. `refused` where there is a token and it is nobody's.
[[nodiscard]] core::Result<Person> identify(const Request& request, const Tokens& tokens);

/// Nullopt: allowed.
[[nodiscard]] std::optional<Response> forbid(Access access, const Person& person);

}  // namespace console
