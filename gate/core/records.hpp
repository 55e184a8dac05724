// What the platform tells this terminal: rights, appointments, drivers, restrictions.
// Field names are the platform's own (in snake case); all of it is data, none of it trusted to be complete.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "gate/core/haulier.hpp"
#include "gate/core/lights.hpp"
#include "gate/core/moment.hpp"

namespace core {

enum class RightState {
  active,
  dirty,  // the platform said "updated" without the data, or sent data we could not read: not trusted
  revoked,
  blocked,
  deleted,
};
BOOST_DESCRIBE_ENUM(RightState, active, dirty, revoked, blocked, deleted)

/// The right to have one container stay released: the end of the chain of releases.
/// `release_id` is the key; (equipment_number, stay_number) is an index. A match on either is the same right.
struct ReleaseRight {
  std::string release_id;
  std::optional<std::string> release_identification;
  std::string equipment_number;
  std::optional<std::string> stay_number;
  RightState state = RightState::active;
  std::optional<WallTime> release_date_time_utc;
  std::optional<WallTime> expiration_date_time_utc;
  std::optional<std::string> means_of_transport;  // null: not stated
  HaulierIds carrier;
  std::optional<std::string> driver_id_hash;  // the assigned driver
  std::optional<std::string> driver_mask;     // only ever shown, never compared
  std::optional<WallTime> assignment_as_of;
  std::vector<Light> lights;
  std::string source;           // "CPu", "SCR"
  bool used_elsewhere = false;  // the platform reported a use at another gate
  WallTime as_of{};             // when the platform's data were proven to be so
};
BOOST_DESCRIBE_STRUCT(ReleaseRight, (),
                      (release_id, release_identification, equipment_number, stay_number, state,
                       release_date_time_utc, expiration_date_time_utc, means_of_transport, carrier,
                       driver_id_hash, driver_mask, assignment_as_of, lights, source, used_elsewhere, as_of))

enum class JobKind {
  pickup_import_full,
  pickup_empty_shipper_owned,
  pickup_empty_carrier,
  pickup_other,
  drop_empty,
  deliver_export,
  deliver_other,
  service,
};
BOOST_DESCRIBE_ENUM(JobKind, pickup_import_full, pickup_empty_shipper_owned, pickup_empty_carrier,
                    pickup_other, drop_empty, deliver_export, deliver_other, service)

/// A container leaves the terminal under this job.
[[nodiscard]] constexpr bool is_pickup(JobKind kind) { return kind <= JobKind::pickup_other; }

/// Certified Pick up applies to this kind of job.
[[nodiscard]] constexpr bool needs_right(JobKind kind) {
  return kind == JobKind::pickup_import_full || kind == JobKind::pickup_empty_shipper_owned;
}

struct Job {
  std::string id;
  JobKind kind = JobKind::service;
  std::optional<std::string> equipment_number;
  std::optional<std::string> stay_number;
  std::optional<std::string> release_id;
  std::optional<std::string> size_type;
};
BOOST_DESCRIBE_STRUCT(Job, (), (id, kind, equipment_number, stay_number, release_id, size_type))

/// One truck visit that was announced: Truck Appointment Reference, slot, tractor, haulier, jobs.
struct Appointment {
  std::string tar;
  WallTime slot_from{};
  WallTime slot_to{};
  std::optional<std::string> tractor_plate;  // normalised
  HaulierIds haulier;
  std::optional<std::string> driver_id_hash;
  std::vector<Job> jobs;
  bool dirty = false;
  WallTime as_of{};
};
BOOST_DESCRIBE_STRUCT(Appointment, (),
                      (tar, slot_from, slot_to, tractor_plate, haulier, driver_id_hash, jobs, dirty, as_of))

enum class BadgeStatus { active, inactive };
BOOST_DESCRIBE_ENUM(BadgeStatus, active, inactive)

struct Driver {
  std::string driver_id_hash;  // keyId:hex(HMAC-SHA256(terminal identity key, canonical number))
  std::vector<std::string> credential_hashes;
  std::string mask;  // "**12": only ever shown
  BadgeStatus status = BadgeStatus::active;
  std::optional<WallTime> valid_from;
  std::optional<WallTime> valid_until;
  std::string language;  // "nl"; empty: unknown
  HaulierIds haulier;    // used only under policy driver = haulier
  bool dirty = false;
  WallTime as_of{};
};
BOOST_DESCRIBE_STRUCT(Driver, (),
                      (driver_id_hash, credential_hashes, mask, status, valid_from, valid_until, language,
                       haulier, dirty, as_of))

enum class RestrictionKind { ban, hold };
BOOST_DESCRIBE_ENUM(RestrictionKind, ban, hold)

enum class RestrictionSubject { driver, plate, haulier, container };
BOOST_DESCRIBE_ENUM(RestrictionSubject, driver, plate, haulier, container)

/// A ban or a hold: a reference and who or what it names, no grounds.
struct Restriction {
  RestrictionKind kind = RestrictionKind::ban;
  std::string reference;
  RestrictionSubject subject = RestrictionSubject::driver;
  std::string value;  // driver_id_hash, normalised plate, any one haulier id, or equipment number
};
BOOST_DESCRIBE_STRUCT(Restriction, (), (kind, reference, subject, value))

}  // namespace core
