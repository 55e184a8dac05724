// A gate whose journal is put back from an old copy or put aside, and what it does with its rights.
#pragma once

#include <filesystem>
#include <string>

#include "tests/fault/dialogue.hpp"

namespace fault {

inline std::string box(int number) { return "BOXU" + std::to_string(1000000 + number); }
inline std::string name(int number) { return "R" + std::to_string(number); }

class RestoredGate : public Dialogue {
 public:
  RestoredGate() : Dialogue(rights()) {}

  core::Result<void> write(int number, core::ClaimState state, core::EventKind kind) {
    const std::string visit_id = "V" + std::to_string(number);
    const bool used = state == core::ClaimState::used;
    ports::JournalEntry entry;
    entry.passage = syncing_test::passage(visit_id + (used ? "X" : ""), core::Ending::passed);
    entry.passage->visit = visit_id;
    entry.visit =
        syncing_test::visit(visit_id, "1ABC123", used ? core::VisitState::left : core::VisitState::inside);
    entry.claims = {syncing_test::claim(name(number), visit_id, state, box(number), "S1")};
    core::GateEvent out = syncing_test::event(kind, name(number));
    out.release_id = name(number);
    entry.events = {out};
    return appliance->commit(std::move(entry));
  }

  /// Whether a truck could be let through on it now.
  bool is_free(int number) {
    if (mode() == core::Mode::restricted) return false;
    core::Evidence evidence;
    evidence.containers.resize(1);
    evidence.containers[0].code = box(number);
    const auto dossier = (**appliance).gather(evidence);
    if (!dossier || dossier->rights.empty()) return false;
    return !dossier->rights[0].used_elsewhere && dossier->claims.empty();
  }

 private:
  static std::vector<syncing::Change> rights() {
    std::vector<syncing::Change> rows;
    for (int i = 0; i < 6; ++i) rows.push_back(syncing::upsert(syncing_test::right(name(i), box(i), "S1")));
    return rows;
  }
};

}  // namespace fault
