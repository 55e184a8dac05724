// The daemon's HTTP API as an operator's tools use it.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "config/config.hpp"
#include "gate/core/gate_event.hpp"
#include "gate/core/operator_decision.hpp"
#include "gate/core/result.hpp"
#include "gate/ports/desk.hpp"
#include "gate/ports/ledger.hpp"
#include "tests/world/day.hpp"

namespace world {

/// Tokens by the person's name, from the console's token file (lines "name role token").
[[nodiscard]] std::map<std::string, std::string> read_tokens(const std::filesystem::path& file);

/// One thread only. Faults: broken (no connection), refused (the answer's status and words), malformed.
class ApiClient {
 public:
  ApiClient(const config::Endpoint& console, std::map<std::string, std::string> tokens);
  ~ApiClient();

  [[nodiscard]] core::Result<ports::LinkReport> link();
  [[nodiscard]] core::Result<ports::LaneView> lane(const std::string& name);
  [[nodiscard]] core::Result<core::PassageRecord> passage(const std::string& id);

  /// In the name of `call.by`, on the state that `seen` shows.
  [[nodiscard]] core::Result<core::DecisionAnswer> decide(const ports::LaneView& seen,
                                                          const OperatorCall& call);

 private:
  struct Body;
  std::unique_ptr<Body> body_;
  std::map<std::string, std::string> tokens_;
};

}  // namespace world
