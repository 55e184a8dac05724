// What the console shows, as JSON text: contract values with the words that people need beside them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gate/console/tokens.hpp"
#include "gate/core/gate_event.hpp"
#include "gate/core/operator_decision.hpp"
#include "gate/ports/desk.hpp"
#include "gate/ports/ledger.hpp"

namespace console {

/// LaneView with `explained`: the facts of every reason that its passage or its checks name.
[[nodiscard]] std::string lane_text(const ports::LaneView& view);
[[nodiscard]] std::string lanes_text(const std::vector<ports::LaneView>& views);

/// PassageRecord with `explained`.
[[nodiscard]] std::string passage_text(const core::PassageRecord& record);
[[nodiscard]] std::string passages_text(const std::vector<core::PassageRecord>& records);

/// How the appliance stands as a whole.
[[nodiscard]] std::string status_text(std::string_view site, std::string_view version,
                                      const core::Moment& now, const ports::LinkReport& link,
                                      const std::vector<ports::LaneView>& lanes);

/// The body of a decision, completed by the lane of the path and whoever was authenticated: a body may not
/// name either. `reason` may be left out (other), so may `text`. Reads typed by people are normalised.
[[nodiscard]] core::Result<core::OperatorDecision> read_decision(std::string_view body,
                                                                 const std::string& lane, const Person& by);

/// {"key":"value"} and the like.
[[nodiscard]] std::string object_text(
    std::initializer_list<std::pair<std::string_view, std::string_view>> members);

}  // namespace console
