// The configuration of one appliance: structs with defaults, units and bounds. `load` fills them from
// TOML; the comment behind a field gives its key's bounds. Secrets are named here as files, never held.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <boost/describe/enum.hpp>

#include "gate/core/evidence.hpp"
#include "gate/core/framing.hpp"
#include "gate/core/moment.hpp"
#include "gate/core/policy.hpp"
#include "gate/core/signals.hpp"
#include "gate/core/standing.hpp"

namespace config {

using core::Milliseconds;
using std::filesystem::path;

struct Endpoint {
  std::string host = "127.0.0.1";
  int port = 0;  // 1..65535
};

enum class Environment { uat, prod };
BOOST_DESCRIBE_ENUM(Environment, uat, prod)

/// [site]
struct Site {
  std::string terminal;   // terminal code, as the platform spells it; 1..16 of A-Z 0-9
  std::string appliance;  // this appliance's id on the link; 1..32 of a-z 0-9 -
  Environment environment = Environment::uat;
  path state = "/var/lib/gatehouse";  // replica.db, journal.db, pictures/
  path models = "/usr/share/gatehouse/models";
  path identity_key;  // file of mode 0600: 64 hex digits, HMAC key for badge numbers
  std::string identity_key_id = "k1";
};

/// [link]
struct Link {
  Endpoint broker{"127.0.0.1", 8883};
  path ca, certificate, key;                         // TLS, PEM
  std::map<std::string, std::string> platform_keys;  // kid -> Ed25519 public key, 64 hex digits; at least one
  path signing_key;                                  // file of mode 0600: Ed25519 seed, 64 hex digits
  std::string signing_key_id = "a1";
  path encryption_key;  // file of mode 0600: X25519 private key of the terminal, 64 hex digits
  std::string encryption_key_id = "t1";
  int max_message_bytes = 4 * 1024 * 1024;               // 64 Ki..64 Mi
  Milliseconds head_interval = std::chrono::seconds(5);  // heads older than 3 of these make the link suspect
};

/// [console]
struct Console {
  Endpoint bind{"127.0.0.1", 8080};  // loopback only
  path tokens;                       // file of mode 0600: lines "name role token"
  path control_socket = "/run/gatehouse/control.sock";
};

/// How a wire says `on`. Safety and fault contacts are normally closed: a cut wire reads as danger.
enum class Contact { normally_open, normally_closed };
BOOST_DESCRIBE_ENUM(Contact, normally_open, normally_closed)

struct Input {
  int number = 0;  // Modbus discrete input, 0..65535
  Contact contact = Contact::normally_open;
};

struct Output {
  int coil = 0;           // Modbus coil, 0..65535
  Milliseconds pulse{0};  // 0: held; else on for this long, 50..5000 ms
};

/// [lane.barrier]: one Modbus TCP I/O module. An input that is not configured is always off.
struct Barrier {
  Endpoint module;
  int unit = 1;                                          // 0..255
  Milliseconds poll = std::chrono::milliseconds(50);     // 10..1000
  Milliseconds answer = std::chrono::milliseconds(300);  // time-out of one request, 20..5000
  std::map<std::string, Input> inputs;                   // by the names of core::Signals; presence, safety,
                                                         // open_limit and closed_limit are required
  std::map<std::string, Output> outputs;                 // open, close, green, red; hold is optional
};

enum class CameraKind { still, mjpeg, folder };
BOOST_DESCRIBE_ENUM(CameraKind, still, mjpeg, folder)

/// [[lane.camera]]
struct Camera {
  std::string name;  // unique within the lane
  CameraKind kind = CameraKind::still;
  std::string url;                                 // http or https; still and mjpeg
  path folder;                                     // folder: pictures are served in the order of their names
  Milliseconds timeout = std::chrono::seconds(2);  // 100..10000
  int max_bytes = 8 * 1024 * 1024;                 // of one picture
  core::Framing framing;                           // region: shares, 0..1; capitals: pixels, 4..1000
};

/// [lane.reader]: badge reader and keypad behind one TCP line, e.g. a serial server.
struct Reader {
  Endpoint line;
  int max_line = 256;  // bytes; a longer line is refused and skipped, 16..4096
};

using core::FireAlarm;

/// [[lane]]
struct Lane {
  std::string name;  // unique; 1..16 of a-z 0-9 -
  core::Direction direction = core::Direction::entry;
  Barrier barrier;
  std::vector<Camera> cameras;
  Reader reader;
  Milliseconds pictures_time = std::chrono::seconds(6);  // then pictures count as failed; 500..60000
  Milliseconds prompt_time = std::chrono::seconds(30);   // the driver's time to answer; 1000..600000
  Milliseconds travel_time = std::chrono::seconds(8);    // of the arm, either way; 500..60000
  Milliseconds grant_life = std::chrono::seconds(45);    // an unused grant dies; 2000..600000
  Milliseconds escalate_after =
      std::chrono::seconds(120);  // an unanswered referral calls louder; 5000..3600000
  FireAlarm fire_alarm = FireAlarm::stay_shut;
};

struct Config {
  Site site;
  Link link;
  Console console;
  core::FreshnessPolicy freshness;  // [freshness] online_max_age, backup_max_age
  core::Policy policy;              // [policy]
  std::vector<Lane> lanes;          // at least one
};

}  // namespace config
