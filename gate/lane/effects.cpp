// Carrying out what the core says.
#include <utility>

#include "gate/casefile/case.hpp"
#include "gate/core/verify.hpp"
#include "gate/lane/body.hpp"

namespace lane {
namespace {

/// A device that fails and works in turn, or is made to, must not fill the disk.
constexpr core::Milliseconds kBetweenTroubles = std::chrono::minutes(1);

}  // namespace

struct Lane::Body::Carry {
  Body& lane;

  void operator()(const core::TakePictures& take) const { lane.nursery_.spawn(lane.look(take.passage)); }
  void operator()(const core::Refresh&) const { lane.parts.records.refresh(lane.passage_.evidence); }
  void operator()(const core::Verify& verify) const { lane.verify(verify.revision); }
  void operator()(const core::Record& record) const { lane.write(record); }
  void operator()(const core::Report& report) const { lane.report(report.event); }
  void operator()(const core::Raise&) const { lane.commander_.raise(); }
  void operator()(const core::Lower&) const { lane.commander_.lower(); }
  void operator()(const core::Show& show) const { lane.commander_.show(show.lamp); }
  void operator()(const core::StartTimer& start) const { lane.start_timer(start.timer, start.after); }
  void operator()(const core::StopTimer& stop) const { lane.stop_timer(stop.timer); }
  void operator()(const core::Answer& answer) const { lane.answer_ = answer.answer; }
  void operator()(const core::Note& note) const { lane.note(note.text); }
};

void Lane::Body::step(const core::Event& event) {
  now_ = parts.clock.now();
  core::Step step = core::advance(passage_, event, now_);
  passage_ = std::move(step.next);
  for (const core::Effect& effect : step.effects) std::visit(Carry{*this}, effect);
}

void Lane::Body::verify(int revision) {
  auto dossier = parts.records.gather(passage_.evidence);
  trouble("records", dossier ? "" : dossier.error().what);
  if (!dossier) {
    todo_.push_back(core::VerifyFailed{revision, dossier.error().what});
    return;
  }
  core::Opinion opinion;
  opinion.dossier = std::move(*dossier);
  core::leave_out_own_claims(passage_.id, opinion.dossier);
  opinion.standing = parts.records.standing(now_);
  opinion.at = now_;
  opinion.verdict = core::verify(passage_.evidence, opinion.dossier, parts.policy, opinion.standing, now_);
  todo_.push_back(core::Verified{revision, std::move(opinion)});
}

void Lane::Body::write(const core::Record& record) {
  ports::JournalEntry entry;
  if (!record.passage.id.empty()) entry.passage = record.passage;
  entry.visit = record.visit;
  entry.claims = record.claims;
  entry.events = record.events;
  if (!passage_.opinion) {
    const core::Standing standing = parts.records.standing(now_);
    if (entry.passage) entry.passage->standing = standing;
    for (core::GateEvent& event : entry.events) event.standing = standing;
  }
  if (record.with_case && passage_.opinion) {
    const core::Opinion& opinion = *passage_.opinion;
    entry.case_json = casefile::write({core::rules_version,
                                       passage_.lane,
                                       {opinion.at.wall, opinion.at.trusted},
                                       opinion.standing,
                                       parts.policy,
                                       passage_.evidence,
                                       opinion.dossier});
  }
  scribe_.write(std::move(entry), record.awaited ? std::optional<int>(record.revision) : std::nullopt);
}

void Lane::Body::report(core::GateEvent event) {
  if (!passage_.opinion) event.standing = parts.records.standing(now_);
  ports::JournalEntry entry;
  entry.events.push_back(std::move(event));
  scribe_.write(std::move(entry), std::nullopt);
}

void Lane::Body::note(const std::string& text) {
  if (!noted_.insert(text).second) return;
  core::GateEvent event = core::event_of(passage_, core::EventKind::alarm, now_);
  event.text = "note: " + text;
  report(std::move(event));
}

void Lane::Body::start_timer(core::Timer timer, core::Milliseconds after) {
  stop_timer(timer);
  const std::uint64_t run = ++timer_runs_;
  timers_[timer] = {run, nursery_.spawn(ring_after(timer, run, after))};
}

void Lane::Body::stop_timer(core::Timer timer) {
  Running& running = timers_[timer];
  nursery_.cancel(running.child);
  running = {};
}

void Lane::Body::commanded(core::Command command, const core::Result<void>& sent) {
  trouble("barrier", sent ? "" : sent.error().what, false);  // the core journals it with what it did about it
  if (sent) return publish();
  put(core::CommandFailed{command, sent.error().what});
}

void Lane::Body::trouble(const std::string& device, const std::string& why, bool journaled) {
  if (why.empty()) {
    troubles_.erase(device);
    return;
  }
  const bool began = !troubles_.contains(device);
  troubles_[device] = why;
  if (!began || !journaled) return;
  now_ = parts.clock.now();
  Journaled& said = journaled_[device];
  if (said.last && now_.steady - *said.last < kBetweenTroubles) {
    ++said.left_out;
    return;
  }
  core::GateEvent event = core::event_of(passage_, core::EventKind::alarm, now_);
  event.text = device + ": " + why;
  if (said.left_out > 0) *event.text += " (" + std::to_string(said.left_out) + " more times before)";
  said = {now_.steady, 0};
  report(std::move(event));
}

}  // namespace lane
