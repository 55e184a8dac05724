// Modes: noticed, told to the platform; and whatever else this machine has to say for itself.
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/describe/enum_to_string.hpp>
#include <spdlog/spdlog.h>

#include "sync/store/inspect.hpp"
#include "sync/sync.hpp"

namespace syncing {
namespace {

constexpr core::Milliseconds kRefusalReports = std::chrono::minutes(1);

std::string name_of(core::Mode mode) { return boost::describe::enum_to_string(mode, "?"); }

}  // namespace

core::GateEvent Sync::event(core::EventKind kind, std::string text, const core::Moment& now) const {
  core::GateEvent event;
  event.kind = kind;
  event.at = now.wall;
  event.standing = standing(now);
  event.text = std::move(text);
  return event;
}

void Sync::record(std::vector<core::GateEvent> events) {
  recorder_->add(std::move(events));
  tend_journal();
}

void Sync::tend_journal() {
  boost::asio::post(executors_.writing, [this] {
    if (recorder_->waits()) static_cast<void>(recorder_->write());
    journal_writer_->fold();
  });
}

void Sync::watch_mode(const core::Moment& now) {
  const core::Mode mode = standing(now).mode;
  if (mode != mode_) {
    const std::string before = mode_ ? name_of(*mode_) : "start";
    // Whatever was granted without fresh data, also before a restart, is compared as soon as they are fresh.
    reconcile_due_ = mode == core::Mode::online;
    reconciling_ = reconcile_due_ && mode_ == core::Mode::backup;
    spdlog::info("mode: {} -> {}", before, name_of(mode));
    record({event(core::EventKind::mode_changed, before + " -> " + name_of(mode), now)});
    mode_ = mode;
    send_status(now);
  }
  if (reconcile_due_ && follower_->behind() == 0) reconcile(now);
}

void Sync::report_refusals(const core::Moment& now) {
  std::string text;
  {
    const std::lock_guard lock(mutex_);
    if (refused_ == refusals_reported_ || now.steady < next_refusal_report_) return;
    text = std::to_string(refused_ - refusals_reported_) +
           " messages refused; the last one: " + refusals_.back();
    refusals_reported_ = refused_;
  }
  next_refusal_report_ = now.steady + kRefusalReports;
  spdlog::warn("link: {}", text);
  record({event(core::EventKind::alarm, std::move(text), now)});
}

void Sync::inspect(const std::atomic<bool>& stop) {
  const auto is_damaged = [](const core::Result<void>& looked_through) {
    return !looked_through && looked_through.error().fault == core::Fault::corrupt;
  };
  if (const auto replica = replica_->inspect(stop); is_damaged(replica)) {
    replica_damaged_ = true;
    spdlog::error("{}", replica.error().what);
    record({event(core::EventKind::alarm, "replica: " + replica.error().what, clock_.now())});
  }
  const auto journal = syncing::inspect(settings_.state / "journal.db", settings_.layer, stop);
  if (is_damaged(journal)) journal_writer_->holdings()->damaged(journal.error().what);
}

/// A journal that is not what was written cannot say which rights were used: until it is restored, jobs that
/// need CPu are referred. It is still written, and so is this.
void Sync::report_damage(const core::Moment& now) {
  if (damage_reported_ || journal_writer_->holdings()->sound()) return;
  damage_reported_ = true;
  const std::string text = "journal damaged: " + journal_writer_->holdings()->damage() +
                           "; jobs that need CPu are referred until it is restored from a back-up";
  spdlog::critical("{}", text);
  record({event(core::EventKind::alarm, text, now)});
  send_status(now);
}

/// Without the mark an old copy that is put in the journal's place is known only by the platform.
void Sync::report_mark(const core::Moment& now) {
  std::string trouble = journal_writer_->mark_trouble();
  if (trouble == mark_trouble_) return;
  mark_trouble_ = std::move(trouble);
  if (mark_trouble_.empty()) return spdlog::info("journal: its mark is written again");
  const std::string text =
      "journal: its mark cannot be written, so an old copy in its place would not be "
      "noticed here: " +
      mark_trouble_;
  spdlog::error("{}", text);
  record({event(core::EventKind::alarm, text, now)});
}

void Sync::report_told(const core::Moment& now) {
  if (untold() == was_untold_) return;
  was_untold_ = !was_untold_;
  send_status(now);
  if (was_untold_)
    return spdlog::critical(
        "journal: it is an old copy, or one begun anew, and goes on as {}; jobs that need CPu are referred "
        "until the platform has told what was used",
        journal_id());
  const Position told = journal_writer_->needs();
  record({event(core::EventKind::reconciliation,
                "the platform has told what was used beyond this journal, up to epoch " +
                    std::to_string(told.epoch) + ", sequence " + std::to_string(told.sequence) +
                    ": jobs that need CPu are decided again",
                now)});
}

}  // namespace syncing
