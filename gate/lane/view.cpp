#include "gate/lane/view.hpp"

#include <ctime>
#include <string_view>

#include <boost/describe/enum_to_string.hpp>

#include "gate/core/advance.hpp"
#include "gate/core/expected.hpp"
#include "gate/core/reasons.hpp"

namespace lane {
namespace {

using core::Passage;
using core::Reason;
using core::State;

struct Words {
  std::string text;
  std::string reason;  // name of what the text says
};

/// A ban or a hold is silent: the driver reads what anybody reads whom an operator looks after.
Reason spoken(Reason reason) {
  const bool silent = reason == Reason::banned || reason == Reason::held;
  return silent ? Reason::appointment_dirty : reason;
}

/// The clock on the driver's wall: the time zone of this machine.
std::string local_time(core::WallTime wall) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(wall);
  std::tm local{};
  if (!localtime_r(&seconds, &local)) return {};
  char text[6] = {};
  return std::strftime(text, sizeof text, "%H:%M", &local) > 0 ? text : "";
}

Words say(Reason reason) {
  const Reason said = spoken(reason);
  return {std::string(core::facts(said).driver_text), boost::describe::enum_to_string(said, "")};
}

Words why_not(const Passage& passage) {
  const auto reasons = core::reasons_of(passage);
  if (reasons.empty()) return {"Please wait. An operator is looking into it.", ""};
  Words words = say(reasons.front());
  const bool early = reasons.front() == Reason::slot_too_early && passage.opinion;
  if (early && passage.opinion->verdict.come_back_at) {
    words.text += " " + local_time(*passage.opinion->verdict.come_back_at);
  }
  return words;
}

std::string_view errand(core::FollowUp follow_up) {
  switch (follow_up) {
    case core::FollowUp::scan:
      return "Your container must be scanned. Follow the signs to the scanner.";
    case core::FollowUp::fasfc:
      return "Your container must be inspected by the food agency. Follow the signs.";
    case core::FollowUp::port_equalisation:
      return "Port equalisation applies to your container. Please tell your planner.";
    case core::FollowUp::transhipment:
      return "Your container is for transhipment. Please tell your planner.";
  }
  return "";
}

Words drive_on(const core::PassageRecord& record) {
  if (record.follow_ups.empty()) return {"Please drive on.", ""};
  const core::FollowUp first = record.follow_ups.front();
  return {"Please drive on. " + std::string(errand(first)), boost::describe::enum_to_string(first, "")};
}

Words please_wait() { return {"Please wait.", ""}; }

Words ask(const std::vector<core::Prompt>& prompts) {
  if (prompts.empty()) return please_wait();
  const bool badge = prompts.front() == core::Prompt::present_badge;
  return say(badge ? Reason::badge_missing : Reason::appointment_missing);
}

Words words_for(const Passage& passage, const ports::LaneView& view) {
  switch (passage.state) {
    case State::idle:
    case State::passing:
    case State::closing:
      return {};
    case State::gathering:
      return ask(view.prompts);
    case State::recording:
      return please_wait();
    case State::opening:
    case State::open:
      return drive_on(view.passage);
    case State::referred:
    case State::refused:
      return why_not(passage);
    case State::faulted:
      return {"Please wait here. Staff will come to you.", ""};
  }
  return {};
}

}  // namespace

ports::LaneView view_of(const Passage& passage, core::Lamp lamp, const std::string& trouble,
                        const core::Standing& now) {
  ports::LaneView view;
  view.lane = passage.lane;
  view.direction = passage.direction;
  view.state = passage.state;
  view.revision = passage.revision;
  view.signals = passage.signals;
  view.trouble = trouble;
  view.lamp = lamp;
  view.passage.lane = passage.lane;
  view.passage.direction = passage.direction;
  if (!passage.id.empty()) {
    view.passage = core::record_of(passage);
    core::Sighting sighting = passage.sighting;
    if (passage.opinion) core::offer_expected_first(passage.opinion->dossier, sighting);
    view.reads = std::move(sighting.containers);
    view.plates = std::move(sighting.plates);
    view.view_faults = passage.evidence.view_faults;
  }
  if (!passage.opinion) view.passage.standing = now;
  if (passage.opinion) {
    view.checks = passage.opinion->verdict.checks;
    view.language = passage.opinion->verdict.language;
    if (passage.state == State::gathering) view.prompts = passage.opinion->verdict.prompts;
  }
  if (passage.state == State::referred || passage.state == State::refused) {
    view.persons = core::persons_needed(passage);
  }
  if (passage.proposal) view.proposed_by = passage.proposal->by;
  Words words = words_for(passage, view);
  view.driver_text = std::move(words.text);
  view.driver_reason = std::move(words.reason);
  return view;
}

}  // namespace lane
