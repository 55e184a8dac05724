#include "gate/console/views.hpp"

#include <set>

#include <boost/describe/enum_to_string.hpp>

#include "gate/canon/json.hpp"
#include "gate/console/message.hpp"
#include "gate/core/equipment_number.hpp"
#include "gate/core/plate.hpp"

namespace console {
namespace {

using nlohmann::json;

constexpr std::size_t longest_text = 500;
constexpr std::size_t longest_read = 20;

json explain(const std::set<core::Reason>& reasons) {
  json all = json::array();
  for (const core::Reason reason : reasons) {
    const core::ReasonFacts& facts = core::facts(reason);
    all.push_back({{"reason", canon::to_json(reason)},
                   {"decision", canon::to_json(facts.decision)},
                   {"persons", facts.persons},
                   {"contact", canon::to_json(facts.contact)},
                   {"text", std::string(facts.operator_text)}});
  }
  return all;
}

json lane_json(const ports::LaneView& view) {
  std::set<core::Reason> reasons(view.passage.reasons.begin(), view.passage.reasons.end());
  for (const core::Check& check : view.checks) reasons.insert(check.reasons.begin(), check.reasons.end());
  json all = canon::to_json(view);
  all["explained"] = explain(reasons);
  return all;
}

json passage_json(const core::PassageRecord& record) {
  json all = canon::to_json(record);
  all["explained"] = explain({record.reasons.begin(), record.reasons.end()});
  return all;
}

core::Result<void> check(const core::OperatorDecision& decision) {
  if (decision.text.size() > longest_text) {
    return core::fail(core::Fault::malformed, "text: at most 500 bytes");
  }
  if (decision.action == core::OperatorAction::grant && decision.reason == core::OverrideReason::other &&
      decision.text.empty()) {
    return core::fail(core::Fault::malformed, "text: an override for another reason needs words");
  }
  for (const auto& read : {decision.plate, decision.container, decision.replaces}) {
    if (read && (read->empty() || read->size() > longest_read)) {
      return core::fail(core::Fault::malformed, "plate, container, replaces: 1 to 20 characters");
    }
  }
  const bool corrects = decision.plate || decision.container;
  if (corrects != (decision.action == core::OperatorAction::correct)) {
    return core::fail(core::Fault::malformed, "plate or container: with action correct, and only with it");
  }
  return {};
}

}  // namespace

std::string lane_text(const ports::LaneView& view) { return canon::canonical(lane_json(view)); }

std::string lanes_text(const std::vector<ports::LaneView>& views) {
  json all = json::array();
  for (const ports::LaneView& view : views) all.push_back(lane_json(view));
  return canon::canonical(all);
}

std::string passage_text(const core::PassageRecord& record) { return canon::canonical(passage_json(record)); }

std::string passages_text(const std::vector<core::PassageRecord>& records) {
  json all = json::array();
  for (const core::PassageRecord& record : records) all.push_back(passage_json(record));
  return canon::canonical(all);
}

std::string status_text(std::string_view site, std::string_view version, const core::Moment& now,
                        const ports::LinkReport& link, const std::vector<ports::LaneView>& lanes) {
  json all = {{"site", std::string(site)},
              {"version", std::string(version)},
              {"now", canon::to_json(now.wall)},
              {"clockTrusted", now.trusted},
              {"mode", canon::to_json(link.standing.mode)},
              {"link", canon::to_json(link)},
              {"lanes", json::array()}};
  if (link.standing.data_as_of) all["dataAgeMs"] = (now.wall - *link.standing.data_as_of).count();
  for (const ports::LaneView& lane : lanes) {
    all["lanes"].push_back({{"lane", lane.lane},
                            {"direction", canon::to_json(lane.direction)},
                            {"state", canon::to_json(lane.state)},
                            {"trouble", lane.trouble}});
  }
  return canon::canonical(all);
}

core::Result<core::OperatorDecision> read_decision(std::string_view body, const std::string& lane,
                                                   const Person& by) {
  auto document = canon::parse_strict(body);
  if (!document) return tl::unexpected(document.error());
  if (!document->is_object()) return core::fail(core::Fault::malformed, "a decision is a JSON object");
  for (const char* own : {"by", "lane", "named"}) {
    if (document->contains(own)) {
      return core::fail(core::Fault::malformed, std::string(own) + ": comes from the token and the path");
    }
  }
  (*document)["lane"] = lane;
  (*document)["by"] = by.name;
  (*document)["named"] = by.named;
  if (!document->contains("reason")) (*document)["reason"] = canon::to_json(core::OverrideReason::other);
  if (!document->contains("text")) (*document)["text"] = "";
  auto decision = canon::from_json<core::OperatorDecision>(*document);
  if (!decision) return decision;
  if (const auto good = check(*decision); !good) return tl::unexpected(good.error());
  if (decision->plate) decision->plate = core::normalise_plate(*decision->plate);
  if (decision->container) decision->container = core::normalise_equipment_number(*decision->container);
  return decision;
}

std::string object_text(std::initializer_list<std::pair<std::string_view, std::string_view>> members) {
  json all = json::object();
  for (const auto& [key, value] : members) all[std::string(key)] = std::string(value);
  return canon::canonical(all);
}

Response failure(int status, std::string_view error, std::string_view what) {
  Response response;
  response.status = status;
  response.body = object_text({{"error", error}, {"what", what}});
  return response;
}

Response failure(const core::Error& error) {
  const auto status = [&error] {
    switch (error.fault) {
      case core::Fault::timeout:
        return 504;
      case core::Fault::refused:
        return 409;
      case core::Fault::corrupt:
        return 500;
      case core::Fault::not_found:
        return 404;
      case core::Fault::malformed:
        return 400;
      case core::Fault::broken:
        return 503;
    }
    return 500;
  };
  return failure(status(), boost::describe::enum_to_string(error.fault, "broken"), error.what);
}

}  // namespace console
