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
  taken.receipt.appliance = message.appliance;
  const auto there = journal.by_number.find(number);
  if (there != journal.by_number.end() && there->second.ulid == message.ulid) {
    ++repeated_;
  } else if (there != journal.by_number.end()) {
    refuse(journal, number, "this number was another event's before");
  } else if (ulids_.contains(message.ulid)) {
    refuse(journal, number, "this event was taken over under another number");
  } else {
    taken.is_new = true;
    ulids_.insert(message.ulid);
    journal.by_number.emplace(number, std::move(message));
  }
  const auto known = [&journal](std::int64_t n) {
    return journal.by_number.contains(n) || journal.refused.contains(n);
  };
  while (known(journal.up_to + 1)) ++journal.up_to;
  taken.receipt.journal_id = journal.id;
  taken.receipt.up_to = journal.up_to;
  for (const auto& [refused, why] : journal.refused) {
    if (refused <= journal.up_to) taken.receipt.refused.push_back({refused, why});
  }
  return taken;
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
