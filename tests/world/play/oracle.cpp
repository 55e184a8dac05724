#include "tests/world/play/oracle.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <boost/describe/enum_to_string.hpp>

#include "tests/world/day_words.hpp"

namespace world {
namespace {

template <class Enum>
std::string name(Enum value) {
  return boost::describe::enum_to_string(value, "?");
}

template <class Enum>
std::string list(const std::vector<Enum>& values) {
  std::set<std::string> names;
  for (const Enum value : values) names.insert(name(value));
  std::string text;
  for (const std::string& one : names) text += (text.empty() ? "" : ", ") + one;
  return text.empty() ? "none" : text;
}

std::string words(core::Decision decision, const std::vector<core::Reason>& reasons,
                  const std::vector<core::FollowUp>& follow_ups, core::Mode mode) {
  std::string text = name(decision);
  if (!reasons.empty()) text += " (" + list(reasons) + ")";
  if (!follow_ups.empty()) text += ", follow up: " + list(follow_ups);
  if (mode != core::Mode::online) text += ", in " + name(mode);
  return text;
}

void compare(const std::string& what, const std::string& expected, const std::string& actual,
             std::vector<std::string>& differences) {
  if (expected != actual) differences.push_back(what + ": expected " + expected + ", was " + actual);
}

void compare(const std::string& when, const Expected& expected, const core::PassageRecord& record,
             std::vector<std::string>& differences) {
  compare(when + "decision", name(expected.decision), record.decision ? name(*record.decision) : "not made",
          differences);
  compare(when + "reasons", list(expected.reasons), list(record.reasons), differences);
  compare(when + "follow-ups", list(expected.follow_ups), list(record.follow_ups), differences);
  compare(when + "mode", name(expected.mode), name(record.standing.mode), differences);
}

/// The gate's events of one kind, by passage, as the releases that they name ("" for none).
using Released = std::map<std::string, std::vector<std::string>>;

Released released(const std::vector<syncing::EventMessage>& events, core::EventKind kind) {
  Released found;
  for (const auto& message : events) {
    if (message.event.kind != kind) continue;
    found[message.event.passage.value_or("")].push_back(message.event.release_id.value_or(""));
  }
  return found;
}

std::vector<std::string> releases_at(const Released& events, const std::string& passage) {
  const auto found = events.find(passage);
  return found == events.end() ? std::vector<std::string>{} : found->second;
}

void judge_crossing(const Performance& performance, const Released& ins, const Released& outs,
                    std::vector<std::string>& complaints) {
  const bool passes = ending_of(performance.truck) == core::Ending::passed;
  const bool entry = performance.direction == core::Direction::entry;
  const std::string id = performance.last ? performance.last->id : "";
  const bool in = !releases_at(ins, id).empty();
  const bool out = !releases_at(outs, id).empty();
  const auto say = [&](bool is, bool must, const std::string& kind) {
    if (is != must) {
      complaints.push_back(
          performance.truck.name + ": " +
          (must ? "its " + kind + " event never came" : "a " + kind + " event that must not be"));
    }
  };
  say(in, passes && entry, "gate_in");
  say(out, passes && !entry, "gate_out");
}

class Fates {
 public:
  void add(const std::vector<std::string>& in, const std::vector<std::string>& out) {
    inside_.insert(in.begin(), in.end());
    used_.insert(out.begin(), out.end());
  }
  [[nodiscard]] Fate of(const std::string& release) const {
    if (used_.contains(release)) return Fate::used;
    return inside_.contains(release) ? Fate::claimed : Fate::free;
  }

 private:
  std::set<std::string> inside_, used_;
};

void judge_uses(const std::vector<syncing::EventMessage>& events, std::vector<std::string>& complaints) {
  std::map<std::string, int> uses;
  for (const auto& message : events) {
    if (!message.event.release_id) continue;
    if (message.event.kind == core::EventKind::gate_out) ++uses[*message.event.release_id];
    if (message.event.kind == core::EventKind::gate_out_reversed) --uses[*message.event.release_id];
  }
  for (const auto& [release, count] : uses) {
    if (count > 1) complaints.push_back("right " + release + " was used " + std::to_string(count) + " times");
  }
}

void judge_strangers(const std::vector<Performance>& day, const Released& outs,
                     std::vector<std::string>& complaints) {
  for (const auto& [passage, releases] : outs) {
    const bool known = std::any_of(day.begin(), day.end(), [&id = passage](const Performance& performance) {
      return performance.last && performance.last->id == id;
    });
    if (!known) complaints.push_back("a gate_out event of passage " + passage + ", which nobody drove");
  }
}

}  // namespace

core::Ending ending_of(const Truck& truck) {
  const bool granted = truck.expected.decision == core::Decision::grant;
  return granted && truck.behaviour == Behaviour::passes ? core::Ending::passed : core::Ending::backed_out;
}

std::vector<std::string> differences(const Performance& performance) {
  std::vector<std::string> found;
  if (!performance.trouble.empty()) found.push_back(performance.trouble);
  if (performance.truck.first && performance.first) {
    compare("before the operator, ", *performance.truck.first, *performance.first, found);
  } else if (performance.truck.first) {
    found.emplace_back("no operator was ever needed");
  }
  if (!performance.last) {
    if (found.empty()) found.emplace_back("the gate has no record of this passage");
    return found;
  }
  compare("", performance.truck.expected, *performance.last, found);
  compare("ending", name(ending_of(performance.truck)), name(performance.last->ending), found);
  const bool backup = performance.last->standing.mode == core::Mode::backup;
  if (backup && !performance.last->standing.data_as_of)
    found.emplace_back("no age of the data on a back-up verdict");
  return found;
}

std::vector<std::string> judge_events(const std::vector<Performance>& day,
                                      const std::vector<syncing::EventMessage>& events) {
  std::vector<std::string> complaints;
  const Released ins = released(events, core::EventKind::gate_in);
  const Released outs = released(events, core::EventKind::gate_out);
  Fates fates;
  for (const Performance& performance : day) {
    judge_crossing(performance, ins, outs, complaints);
    const std::string id = performance.last ? performance.last->id : "";
    fates.add(releases_at(ins, id), releases_at(outs, id));
    for (const RightFate& fate : performance.truck.after) {
      const Fate is = fates.of(in_round(fate.release_id, performance.round));
      compare(performance.truck.name + ": right " + fate.release_id + " afterwards", name(fate.fate),
              name(is), complaints);
    }
  }
  judge_uses(events, complaints);
  judge_strangers(day, outs, complaints);
  return complaints;
}

std::vector<std::string> judge_reading(const std::vector<Performance>& day) {
  const auto helped =
      std::count_if(day.begin(), day.end(), [](const auto& one) { return one.corrections > 0; });
  if (static_cast<std::size_t>(helped) * 10 <= day.size()) return {};
  return {"an operator had to correct the reads of " + std::to_string(helped) + " of " +
          std::to_string(day.size()) + " trucks; one in ten may need him"};
}

std::vector<std::string> judge_link(const ports::LinkReport& report) {
  std::vector<std::string> complaints;
  const auto none = [&complaints](std::int64_t count, const std::string& what) {
    if (count != 0) complaints.push_back(std::to_string(count) + " " + what);
  };
  none(report.outbox, "events without a receipt");
  none(report.behind, "changes of the platform not applied yet");
  none(report.parked_in, "changes of the platform could not be applied");
  none(report.parked_out, "events were refused by the platform");
  none(report.refused, "messages of the platform were refused");
  return complaints;
}

std::string words_of(const Expected& expected) {
  return words(expected.decision, expected.reasons, expected.follow_ups, expected.mode);
}

std::string words_of(const core::PassageRecord& record) {
  if (!record.decision) return "no verdict";
  return words(*record.decision, record.reasons, record.follow_ups, record.standing.mode);
}

}  // namespace world
