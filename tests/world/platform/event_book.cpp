#include "tests/world/platform/event_book.hpp"

#include <algorithm>

namespace world {

EventBook::Journal& EventBook::journal_of(const std::string& id) {
  const auto found = std::find_if(journals_.begin(), journals_.end(),
                                  [&id](const Journal& journal) { return journal.id == id; });
  if (found != journals_.end()) return *found;
  journals_.push_back({});
  journals_.back().id = id;
  return journals_.back();
}

void EventBook::refuse(Journal& journal, std::int64_t number, const std::string& why) {
  if (journal.refused.emplace(number, why).second) {
    conflicts_.push_back(journal.id + ", event " + std::to_string(number) + ": " + why);
  }
}

EventBook::Taken EventBook::take(syncing::EventMessage message) {
  Journal& journal = journal_of(message.journal_id);
  const std::int64_t number = message.number;
  Taken taken;
  const std::string appliance = message.appliance;
  const auto there = journal.by_number.find(number);
  if (there != journal.by_number.end() && there->second.ulid == message.ulid) {
    ++repeated_;
  } else if (there != journal.by_number.end()) {
    refuse(journal, number, "this number was another event's before");
  } else if (const auto known = ulids_.find(message.ulid); known == ulids_.end()) {
    taken.is_new = true;
    ulids_.emplace(message.ulid, journal.id);
    journal.by_number.emplace(number, std::move(message));
  } else if (known->second == journal.id) {
    refuse(journal, number, "this event was taken over under another number");
  } else {  // of a journal that was put back from a copy from before its receipt
    ++repeated_;
    journal.again.emplace(number, message.ulid);
  }
  const auto known = [&journal](std::int64_t n) {
    return journal.by_number.contains(n) || journal.refused.contains(n) || journal.again.contains(n);
  };
  while (known(journal.up_to + 1)) ++journal.up_to;
  taken.receipt = receipt_of(journal, appliance);
  return taken;
}

syncing::Receipt EventBook::receipt_of(const Journal& journal, const std::string& appliance) {
  syncing::Receipt receipt{.appliance = appliance, .journal_id = journal.id, .up_to = journal.up_to};
  for (const auto& [refused, why] : journal.refused) {
    if (refused <= journal.up_to) receipt.refused.push_back({refused, why});
  }
  if (const auto last = journal.by_number.find(journal.up_to); last != journal.by_number.end())
    receipt.up_to_ulid = last->second.ulid;
  else if (const auto again = journal.again.find(journal.up_to); again != journal.again.end())
    receipt.up_to_ulid = again->second;
  return receipt;
}

syncing::Receipt EventBook::receipt(const std::string& appliance, const std::string& journal) const {
  for (const Journal& one : journals_) {
    if (one.id == journal) return receipt_of(one, appliance);
  }
  return {.appliance = appliance, .journal_id = journal};
}

std::vector<syncing::EventsUpTo> EventBook::known() const {
  std::vector<syncing::EventsUpTo> all;
  for (const Journal& journal : journals_) all.push_back({journal.id, journal.up_to});
  return all;
}

std::vector<syncing::Change> EventBook::used_beyond(const std::string& journal,
                                                    const std::vector<syncing::EventsUpTo>& knows) const {
  using core::EventKind;
  std::vector<syncing::Change> uses;
  for (const auto& message : events()) {
    const core::GateEvent& event = message.event;
    const bool known = std::any_of(knows.begin(), knows.end(), [&message](const auto& one) {
      return one.journal_id == message.journal_id && message.number <= one.up_to;
    });
    if (known || message.journal_id == journal || !event.release_id) continue;
    const auto names_it = [&event](const auto& use) { return use.key.id == *event.release_id; };
    if (event.kind == EventKind::gate_out_reversed) std::erase_if(uses, names_it);
    const bool takes_it = event.kind == EventKind::granted || event.kind == EventKind::gate_in ||
                          event.kind == EventKind::gate_out || event.kind == EventKind::overridden;
    if (takes_it && std::none_of(uses.begin(), uses.end(), names_it)) {
      uses.push_back(syncing::change(syncing::ChangeKind::use, syncing::ChangeOp::upsert, *event.release_id));
    }
  }
  return uses;
}

std::vector<syncing::EventMessage> EventBook::events() const {
  std::vector<syncing::EventMessage> all;
  for (const Journal& journal : journals_) {
    for (const auto& [number, message] : journal.by_number) all.push_back(message);
  }
  return all;
}

std::vector<std::string> EventBook::holes() const {
  std::vector<std::string> all;
  for (const Journal& journal : journals_) {
    std::string missing;
    const std::int64_t last = journal.by_number.empty() ? 0 : journal.by_number.rbegin()->first;
    for (std::int64_t number = journal.up_to + 1; number < last; ++number) {
      if (!journal.by_number.contains(number))
        missing += (missing.empty() ? "" : ", ") + std::to_string(number);
    }
    if (!missing.empty()) all.push_back(journal.id + ": " + missing);
  }
  return all;
}

}  // namespace world
