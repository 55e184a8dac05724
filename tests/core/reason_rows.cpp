#include "tests/core/reason_rows.hpp"

namespace tests {

using namespace core;
using C = CheckKind;
using R = Reason;

namespace {

void restrict(Case& c, RestrictionKind kind, RestrictionSubject subject, const std::string& value) {
  c.dossier.restrictions.push_back({kind, "ref-1", subject, value});
}

void claim(Case& c, ClaimState state, const std::string& visit) {
  c.dossier.claims = {{"release-1", box, "stay-release-1", visit, "job-1", state, nine_plus(-5)}};
}

void second_right(Case& c, RightState state) {
  c.dossier.rights.push_back(right_for("release-2", box));
  c.dossier.rights.back().state = state;
}

void second_appointment(Case& c, const std::string& tractor) {
  c.dossier.appointments.push_back(c.appointment());
  c.dossier.appointments.back().tar = "TAR2";
  c.dossier.appointments.back().tractor_plate = tractor;
}

void second_visit(Case& c, const std::string& tractor) {
  c.dossier.visits.push_back(c.visit());
  c.dossier.visits.back().id = "visit-2";
  c.dossier.visits.back().plate = tractor;
  c.dossier.visits.back().driver_id_hash = tractor == plate ? driver_hash : "k1:bb";
}

void left_at_home(Case& c) { c.evidence.badge.reset(); }

void no_announced_plate_nor_driver(Case& c) {
  c.appointment().tractor_plate = "9XYZ999";
  c.appointment().driver_id_hash.reset();
}

std::vector<Row> bans_and_rights() {
  return {
      {R::banned, C::restriction, at_entry,
       [](Case& c) { restrict(c, RestrictionKind::ban, RestrictionSubject::driver, driver_hash); },
       [](Case& c) { restrict(c, RestrictionKind::ban, RestrictionSubject::driver, "k1:bb"); }},
      {R::held, C::restriction, at_entry,
       [](Case& c) { restrict(c, RestrictionKind::hold, RestrictionSubject::container, box); },
       [](Case& c) { restrict(c, RestrictionKind::hold, RestrictionSubject::container, other_box); }},
      {R::right_revoked, C::right, at_entry, [](Case& c) { c.right().state = RightState::revoked; },
       [](Case& c) { second_right(c, RightState::revoked); }},
      {R::right_blocked, C::right, at_entry, [](Case& c) { c.right().state = RightState::blocked; },
       [](Case& c) { c.right().state = RightState::active; }},
      {R::right_deleted, C::right, at_entry, [](Case& c) { c.right().state = RightState::deleted; },
       [](Case& c) { second_right(c, RightState::deleted); }},
      {R::right_expired, C::right, at_entry,
       [](Case& c) { c.right().expiration_date_time_utc = c.evidence.first_detected; },
       [](Case& c) { c.right().expiration_date_time_utc = c.evidence.first_detected + Milliseconds(1); }},
      {R::right_used, C::right, at_entry, [](Case& c) { claim(c, ClaimState::used, "visit-9"); },
       [](Case& c) { claim(c, ClaimState::released, "visit-9"); }},
      {R::right_claimed, C::right, at_exit, [](Case& c) { claim(c, ClaimState::claimed, "visit-9"); },
       [](Case& c) { claim(c, ClaimState::claimed, "visit-1"); }},
      {R::right_not_found, C::right, at_entry, [](Case& c) { c.job().equipment_number = other_box; },
       [](Case& c) { c.job().equipment_number = "csqu 305438-3"; }},
      {R::right_ambiguous, C::right, at_entry, [](Case& c) { second_right(c, RightState::active); },
       [](Case& c) {
         second_right(c, RightState::active);
         c.job().stay_number = "stay-release-1";
       }},
      {R::right_dirty, C::right, at_entry, [](Case& c) { c.right().state = RightState::dirty; },
       [](Case& c) { c.right().state = RightState::active; }},
      {R::claim_interrupted, C::right, at_entry,
       [](Case& c) { claim(c, ClaimState::interrupted, "visit-9"); },
       [](Case& c) { claim(c, ClaimState::released, "visit-9"); }},
      {R::right_undated, C::right, at_entry,
       [](Case& c) {
         c.right().expiration_date_time_utc.reset();
         c.right().release_date_time_utc.reset();
       },
       [](Case& c) { c.right().expiration_date_time_utc.reset(); }},
      {R::right_expired_inside, C::right, at_exit,
       [](Case& c) { c.right().expiration_date_time_utc = c.evidence.first_detected; },
       [](Case& c) { c.right().expiration_date_time_utc = c.evidence.first_detected + Milliseconds(1); }},
      {R::right_gate_out_received, C::right, at_exit,
       [](Case& c) { set_light(c.right(), "GateOperation", "GateOutReceived"); },
       [](Case& c) { drop_light(c.right(), "GateOperation"); }},
  };
}

std::vector<Row> lights() {
  return {
      {R::commercial_red, C::lights, at_entry,
       [](Case& c) { set_light(c.right(), "CommercialRelease", "NOK"); },
       [](Case& c) { set_light(c.right(), "CommercialRelease", "ok"); }},
      {R::customs_red, C::lights, at_entry, [](Case& c) { set_light(c.right(), "Customs", "NotReleased"); },
       [](Case& c) { set_light(c.right(), "Customs", "SelectedForScan"); }},
      {R::terminal_not_green, C::lights, at_entry,
       [](Case& c) { set_light(c.right(), "TerminalReady", "Unknown"); },
       [](Case& c) { set_light(c.right(), "TerminalReady", "RELEASED"); }},
      {R::light_unknown, C::lights, at_entry, [](Case& c) { set_light(c.right(), "Customs", "Sealed"); },
       [](Case& c) { set_light(c.right(), "CustomsProgress", "PartiallyCleared"); }},
      {R::light_missing, C::lights, at_entry, [](Case& c) { drop_light(c.right(), "Customs"); },
       [](Case& c) { drop_light(c.right(), "CustomsProgress"); }},
  };
}

std::vector<Row> drivers() {
  return {
      {R::driver_other, C::driver, at_entry, [](Case& c) { c.right().driver_id_hash = "k1:bb"; },
       [](Case& c) { c.right().driver_mask = "**99"; }},
      {R::badge_inactive, C::badge, at_entry, [](Case& c) { c.driver().valid_until = c.now.wall; },
       [](Case& c) { c.driver().valid_until = c.now.wall + Milliseconds(1); }},
      {R::driver_other_stale, C::driver, at_entry,
       [](Case& c) {
         c.right().driver_id_hash = "k1:bb";
         c.right().assignment_as_of = c.now.wall - c.policy.assignment_max_age - Milliseconds(1);
       },
       [](Case& c) {
         c.right().driver_id_hash = "k1:bb";
         c.right().assignment_as_of = c.now.wall - c.policy.assignment_max_age;
       }},
      {R::badge_missing, C::badge, at_entry, left_at_home, [](Case&) {}},
      {R::badge_unknown, C::badge, at_entry,
       [](Case& c) { c.evidence.badge->credential_hash = "credential-9"; },
       [](Case& c) { c.evidence.badge->credential_hash = "credential-0"; }},
      {R::driver_unassigned, C::driver, at_entry, [](Case& c) { c.right().driver_id_hash.reset(); },
       [](Case& c) {
         c.right().driver_id_hash.reset();
         c.policy.driver = DriverPolicy::haulier;
       }},
  };
}

std::vector<Row> hauliers_and_means() {
  return {
      {R::haulier_other, C::haulier, at_entry, [](Case& c) { c.appointment().haulier.eori = "BE0400000002"; },
       [](Case& c) { c.appointment().haulier.eori = "be 0400.000.001"; }},
      {R::haulier_unknown, C::haulier, at_entry,
       [](Case& c) {
         c.appointment().haulier = {};
         c.appointment().haulier.tin = "BE0400000001";
       },
       [](Case& c) { c.appointment().haulier.tin = "BE0400000001"; }},
      {R::haulier_contradicting, C::haulier, at_entry,
       [](Case& c) {
         c.appointment().haulier.apcs = "ZA0001";
         c.right().carrier.apcs = "ZA0002";
       },
       [](Case& c) {
         c.appointment().haulier.apcs = "ZA0001";
         c.right().carrier.apcs = "za-0001";
       }},
      {R::means_other, C::means_of_transport, at_entry,
       [](Case& c) { c.right().means_of_transport = "BARGE"; },
       [](Case& c) { c.right().means_of_transport = "TRUCK"; }},
      {R::means_unknown, C::means_of_transport, at_entry,
       [](Case& c) { c.right().means_of_transport = "Zeppelin"; },
       [](Case& c) { c.right().means_of_transport.reset(); }},
  };
}

std::vector<Row> appointments_and_plates() {
  return {
      {R::slot_too_early, C::appointment, at_entry,
       [](Case& c) { c.appointment().slot_from = c.evidence.first_detected + Milliseconds(1); },
       [](Case& c) { c.appointment().slot_from = c.evidence.first_detected; }},
      {R::slot_too_late, C::appointment, at_entry,
       [](Case& c) {
         c.appointment().slot_to = c.evidence.first_detected - c.policy.slot_late_grace - Milliseconds(1);
       },
       [](Case& c) { c.appointment().slot_to = c.evidence.first_detected - c.policy.slot_late_grace; }},
      {R::appointment_missing, C::appointment, at_entry, no_announced_plate_nor_driver,
       [](Case& c) {
         no_announced_plate_nor_driver(c);
         c.evidence.tar = "tar1";
       }},
      {R::appointment_ambiguous, C::appointment, at_entry, [](Case& c) { second_appointment(c, plate); },
       [](Case& c) { second_appointment(c, "9XYZ999"); }},
      {R::appointment_dirty, C::appointment, at_entry, [](Case& c) { c.appointment().dirty = true; },
       [](Case& c) { c.appointment().dirty = false; }},
      {R::plate_unread, C::plate, at_entry, [](Case& c) { c.evidence.plate.reset(); },
       [](Case& c) {
         c.evidence.plate.reset();
         c.evidence.tar = "TAR1";
       }},
      {R::plate_other, C::plate, at_entry, [](Case& c) { c.evidence.plate->plate = "9XYZ999"; },
       [](Case& c) {
         c.evidence.plate->plate = "9XYZ999";
         c.evidence.tar = "TAR1";
       }},
      {R::plate_other_at_exit, C::plate, at_exit, [](Case& c) { c.evidence.plate->plate = "9XYZ999"; },
       [](Case& c) { c.evidence.plate->plate = "1-abc-123"; }},
  };
}

std::vector<Row> visits_and_containers() {
  return {
      {R::visit_missing, C::visit, at_exit, [](Case& c) { c.visit().state = VisitState::left; },
       [](Case& c) { c.visit().state = VisitState::inside; }},
      {R::visit_ambiguous, C::visit, at_exit, [](Case& c) { second_visit(c, plate); },
       [](Case& c) { second_visit(c, "9XYZ999"); }},
      {R::visit_interrupted, C::visit, at_exit, [](Case& c) { c.visit().state = VisitState::interrupted; },
       [](Case& c) { c.visit().state = VisitState::inside; }},
      {R::container_swapped, C::container, at_exit,
       [](Case& c) { c.evidence.containers = {read_of(other_box)}; },
       [](Case& c) {
         c.evidence.containers = {read_of(box), read_of(box)};
       }},
      {R::container_without_job, C::container, at_exit,
       [](Case& c) { c.job().kind = JobKind::deliver_export; },
       [](Case& c) {
         c.job().kind = JobKind::deliver_export;
         c.evidence.containers.clear();
       }},
      {R::container_unread, C::container, at_exit, [](Case& c) { c.evidence.containers.clear(); },
       [](Case& c) { c.evidence.containers.front().source = Source::typed; }},
      {R::container_unsure, C::container, at_exit,
       [](Case& c) { c.evidence.containers.front().sure = false; },
       [](Case& c) {
         c.evidence.containers.front().sure = false;
         c.evidence.containers.front().source = Source::corrected;
       }},
      {R::container_check_digit, C::container, at_exit,
       [](Case& c) { c.evidence.containers.front().code = "CSQU3054384"; },
       [](Case& c) { c.evidence.containers.front().code = "CSQU 305438 3"; }},
  };
}

std::vector<Row> data_and_gate() {
  return {
      {R::mode_restricted, C::data, at_entry, [](Case& c) { c.standing.mode = Mode::restricted; },
       [](Case& c) {
         c.standing.mode = Mode::restricted;
         c.job().kind = JobKind::deliver_export;
       }},
      {R::right_data_old, C::data, at_entry,
       [](Case& c) { c.standing.data_as_of = c.now.wall - c.policy.right_max_age - Milliseconds(1); },
       [](Case& c) { c.standing.data_as_of = c.now.wall - c.policy.right_max_age; }},
      {R::backup_referred, C::data, at_entry,
       [](Case& c) {
         c.standing.mode = Mode::backup;
         c.policy.backup_refers.data = true;
       },
       [](Case& c) { c.standing.mode = Mode::backup; }},
      {R::camera_failed, C::container, at_exit,
       [](Case& c) {
         c.evidence.pictures = PicturesState::failed;
         c.evidence.containers.clear();
       },
       [](Case& c) {
         c.evidence.pictures = PicturesState::failed;
         c.evidence.containers.front().source = Source::typed;
       }},
  };
}

std::vector<Row> all_rows() {
  std::vector<Row> rows;
  for (const auto& part : {bans_and_rights(), lights(), drivers(), hauliers_and_means(),
                           appointments_and_plates(), visits_and_containers(), data_and_gate()}) {
    rows.insert(rows.end(), part.begin(), part.end());
  }
  return rows;
}

}  // namespace

const std::vector<Row>& reason_rows() {
  static const std::vector<Row> rows = all_rows();
  return rows;
}

const std::vector<Reason>& raised_by_the_lane() {
  static const std::vector<Reason> reasons = {R::record_failed};
  return reasons;
}

bool asks_which(Reason reason) {
  return reason == R::right_ambiguous || reason == R::appointment_ambiguous || reason == R::visit_ambiguous;
}

}  // namespace tests
