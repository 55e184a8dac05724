// What one lane learned about the vehicle in front of it. Every read belongs to this passage alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "gate/core/moment.hpp"
#include "gate/core/reads.hpp"

namespace core {

enum class Direction { entry, exit };
BOOST_DESCRIBE_ENUM(Direction, entry, exit)

/// Who says so. An operator who corrects an unsure read has it verified again; one who types over a
/// sure read, or where there was no read, overrides.
enum class Source { read, corrected, typed };
BOOST_DESCRIBE_ENUM(Source, read, corrected, typed)

struct BadgeEvidence {
  std::string credential_hash;
  WallTime captured{};
};
BOOST_DESCRIBE_STRUCT(BadgeEvidence, (), (credential_hash, captured))

struct PlateEvidence {
  std::string plate;  // normalised
  bool sure = false;
  Source source = Source::read;
};
BOOST_DESCRIBE_STRUCT(PlateEvidence, (), (plate, sure, source))

struct ContainerEvidence {
  std::string code;
  std::string size_type;
  bool sure = false;
  bool check_digit = false;
  Source source = Source::read;
};
BOOST_DESCRIBE_STRUCT(ContainerEvidence, (), (code, size_type, sure, check_digit, source))

enum class PicturesState { pending, read, failed };
BOOST_DESCRIBE_ENUM(PicturesState, pending, read, failed)

/// A picture that belongs to the evidence; the record stands without the picture itself.
struct PictureRef {
  std::string camera;
  std::string sha256;  // lower-case hex of the encoded bytes
};
BOOST_DESCRIBE_STRUCT(PictureRef, (), (camera, sha256))

struct Evidence {
  Direction direction = Direction::entry;
  WallTime first_detected{};
  PicturesState pictures = PicturesState::pending;
  std::vector<PictureRef> picture_refs;
  std::vector<ViewFault> view_faults;  // views that nothing was read from
  std::optional<BadgeEvidence> badge;
  std::optional<std::string> tar;  // read from a QR code or keyed in by the driver
  std::optional<PlateEvidence> plate;
  std::vector<ContainerEvidence> containers;
  bool prompt_expired = false;  // the driver was asked and had the time to answer
};
BOOST_DESCRIBE_STRUCT(Evidence, (),
                      (direction, first_detected, pictures, picture_refs, view_faults, badge, tar, plate,
                       containers, prompt_expired))

}  // namespace core
