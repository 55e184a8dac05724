// What the platform has taken over of an appliance's events: each once in effect, whatever the link does.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "sync/wire/message.hpp"

namespace world {

/// No I/O. Events may come twice, late, or out of order; a receipt covers a number once every number before
/// it has come. The ULID decides what is the same event, the number only where it stands.
class EventBook {
 public:
  struct Taken {
    bool is_new = false;       // first time in effect
    syncing::Receipt receipt;  // what to answer now
  };
  Taken take(syncing::EventMessage message);

  /// Every event in effect, journal by journal in the order in which the journals were first heard of,
  /// by number within one.
  [[nodiscard]] std::vector<syncing::EventMessage> events() const;

  /// Numbers that are still missing before the highest one seen, as "journal: 7, 8"; empty: none.
  [[nodiscard]] std::vector<std::string> holes() const;

  /// What to answer to a journal's appliance, with no event at hand.
  [[nodiscard]] syncing::Receipt receipt(const std::string& appliance, const std::string& journal) const;

  /// How far each journal was taken over.
  [[nodiscard]] std::vector<syncing::EventsUpTo> known() const;

  /// The rights that events of other journals used, or claimed for a truck that has not left, beyond what a
  /// restored journal knows: as the stream is to tell them.
  [[nodiscard]] std::vector<syncing::Change> used_beyond(const std::string& journal,
                                                         const std::vector<syncing::EventsUpTo>& knows) const;

  [[nodiscard]] int repeated() const { return repeated_; }  // came again and changed nothing
  [[nodiscard]] std::vector<std::string> conflicts() const { return conflicts_; }

 private:
  struct Journal {
    std::string id;
    std::map<std::int64_t, syncing::EventMessage> by_number;
    std::map<std::int64_t, std::string> refused;
    std::map<std::int64_t, std::string> again;  // taken over from an earlier journal: their ULIDs
    std::int64_t up_to = 0;
  };
  Journal& journal_of(const std::string& id);
  static syncing::Receipt receipt_of(const Journal& journal, const std::string& appliance);
  void refuse(Journal& journal, std::int64_t number, const std::string& why);

  std::vector<Journal> journals_;
  std::map<std::string, std::string> ulids_;  // and of which journal
  std::vector<std::string> conflicts_;
  int repeated_ = 0;
};

}  // namespace world
