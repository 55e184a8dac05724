#include "tests/fault/life.hpp"

#include <stdexcept>

#include <nlohmann/json.hpp>

namespace fault {

Life::Life(Story& story, std::filesystem::path folder, const Disk& disk, Tell tell,
           syncing::Building building)
    : story_(story),
      folder_(std::move(folder)),
      disk_(disk),
      tell_(std::move(tell)),
      appliance_(folder_, disk_.name(), story.time(), building),
      journal_(syncing::open_reader(folder_ / "journal.db", disk_.name()).value()),
      building_(building) {
  appliance_->connection(true);
}

void Life::say(const std::string& line) {
  tell_(line);
  story_.hear(line);
}

std::vector<std::string> Life::look() {
  const Finding finding = judge(story_, folder_, disk_.name());
  if (!finding.wrong.empty()) return finding.wrong;
  say(std::string("found ") + (finding.with_doubt ? "with " : "without ") +
      std::to_string(finding.floor.epoch) + " " + std::to_string(finding.floor.sequence));
  tell_events();
  if (finding.replica < story_.position())
    appliance_.updates(finding.replica.epoch, finding.replica.sequence + 1,
                       story_.stream_after(finding.replica.sequence));
  return {};
}

/// Whatever is committed may have been sent to the platform: its number has its meaning for ever.
void Life::tell_events() {
  const std::int64_t last = story_.said().empty() ? 0 : story_.said().rbegin()->first;
  std::vector<std::string> lines;
  journal_->each(
      "SELECT number, ulid, event FROM outbox WHERE number > ? ORDER BY number",
      [&lines](SQLite::Statement& row) {
        lines.push_back("event " + row.getColumn(0).getString() + " " + row.getColumn(1).getString() + " " +
                        nlohmann::json::parse(row.getColumn(2).getString()).value("text", ""));
      },
      last);
  for (const auto& line : lines) say(line);
}

bool Life::step() {
  say("doing");
  return again();
}

bool Life::again() {
  const Step step = *story_.doubt();
  const std::int64_t harms = disk_.harms();
  appliance_.clock.advance(std::chrono::seconds(1));
  if (!carry_out(step)) return false;
  say(disk_.harms() == harms ? "done" : "done harmed");
  tell_events();
  return true;
}

bool Life::carry_out(const Step& step) {
  if (auto entry = step.entry()) return write(step, std::move(*entry));
  if (!step.changes.empty()) return follow(step);
  if (step.act == Act::receipt) return take_receipt();
  appliance_.head(story_.position().epoch, story_.position().sequence);
  appliance_.wait(syncing::Sync::tick_interval);
  return true;
}

bool Life::write(const Step& step, ports::JournalEntry entry) {
  const auto written = appliance_.commit(std::move(entry));
  const bool refused = !written && written.error().fault == core::Fault::refused;
  if (step.act == Act::steal && written) throw std::logic_error("a right was given to a second visit");
  if (step.act != Act::steal && refused) throw std::logic_error("refused: " + written.error().what);
  return step.act == Act::steal ? refused : written.has_value();
}

bool Life::follow(const Step& step) {
  const syncing::Position after = story_.position_after(step);
  if (step.act == Act::snapshot) {
    appliance_.head(after.epoch, after.sequence);
    swap_in(after, story_.contents().rbegin()->second.whole());
  } else {
    appliance_.updates(after.epoch, story_.position().sequence + 1, step.changes);
    appliance_.head(after.epoch, after.sequence);
  }
  const auto report = appliance_.report();
  return syncing::Position{report.epoch, report.sequence} == after;
}

/// Part by part; where one is stored aside, a truck that is seen meanwhile is written beside it.
void Life::swap_in(const syncing::Position& to, const std::vector<syncing::ReadChange>& content) {
  const auto sealed = appliance_.seal(to.epoch, to.sequence, content, 7);
  for (std::size_t i = 0; i < sealed.messages.size(); ++i) {
    storing_ = i > 0;
    appliance_.part(sealed, i);
    if (i != 1 || building_ == syncing::Building::at_once) continue;
    ports::JournalEntry entry;
    entry.events = {syncing_test::event(core::EventKind::truck_detected, "while a snapshot is built")};
    static_cast<void>(appliance_.commit(std::move(entry)));  // whatever becomes of it
  }
  appliance_.settle();
  storing_ = false;
}

bool Life::take_receipt() {
  const std::int64_t last = story_.said().empty() ? 0 : story_.said().rbegin()->first;
  const std::int64_t up_to = story_.taken() + (last - story_.taken() + 1) / 2;
  const auto refused = appliance_.report().refused;
  say("taking " + std::to_string(up_to));
  appliance_.receipt(up_to);
  if (appliance_.report().refused != refused) return false;
  say("taken " + std::to_string(up_to));
  return true;
}

}  // namespace fault
