#include "gate/casefile/case.hpp"

#include <vector>

#include "gate/canon/json.hpp"
#include "gate/core/reasons.hpp"

namespace casefile {
namespace {

/// What a reason means to people; the texts name nobody.
struct Explanation {
  core::Reason reason{};
  core::Decision decision{};
  int persons_to_override = 0;
  core::Role contact{};
  std::string driver_text;
  std::string operator_text;
};
BOOST_DESCRIBE_STRUCT(Explanation, (),
                      (reason, decision, persons_to_override, contact, driver_text, operator_text))

struct Explained {
  int rules_version = 0;
  std::string lane;
  DecidedAt decided_at;
  core::Mode mode{};
  core::Verdict verdict;
  std::vector<Explanation> explanations;
};
BOOST_DESCRIBE_STRUCT(Explained, (), (rules_version, lane, decided_at, mode, verdict, explanations))

core::Result<void> same_rules(const nlohmann::json& json) {
  if (!json.is_object() || !json.contains("rulesVersion"))
    return {};  // the strict reading names what is wrong
  const nlohmann::json& version = json["rulesVersion"];
  if (!version.is_number_integer() || version == core::rules_version) return {};
  return core::fail(core::Fault::refused, "rulesVersion: the case was decided under rules " + version.dump() +
                                              ", these are rules " + std::to_string(core::rules_version) +
                                              ": replay it with a release of those rules");
}

}  // namespace

std::string write(const Case& the_case) { return canon::write(the_case); }

core::Result<Case> read(std::string_view text) {
  const core::Result<nlohmann::json> json = canon::parse_strict(text);
  if (!json) return tl::unexpected(json.error());
  if (const auto same = same_rules(*json); !same) return tl::unexpected(same.error());
  return canon::from_json<Case>(*json);
}

core::Verdict replay(const Case& the_case) {
  const core::Moment now{the_case.decided_at.wall, {}, the_case.decided_at.trusted};
  return core::verify(the_case.evidence, the_case.dossier, the_case.policy, the_case.standing, now);
}

std::string explain(const Case& the_case) {
  Explained explained{the_case.rules_version, the_case.lane,    the_case.decided_at,
                      the_case.standing.mode, replay(the_case), {}};
  for (const core::Reason reason : explained.verdict.reasons) {
    const core::ReasonFacts& facts = core::facts(reason);
    explained.explanations.push_back({reason, facts.decision, facts.persons, facts.contact,
                                      std::string(facts.driver_text), std::string(facts.operator_text)});
  }
  return canon::write(explained);
}

}  // namespace casefile
