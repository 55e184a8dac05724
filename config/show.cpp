#include "config/show.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include <boost/describe/enum_to_string.hpp>

#include "config/values.hpp"

namespace config {
namespace {

std::string toml_text(std::string_view text) {
  static constexpr char hex[] = "0123456789ABCDEF";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      (out += '\\') += c;
    } else if (byte < 0x20 || byte == 0x7F) {
      ((out += "\\u00") += hex[byte >> 4]) += hex[byte & 15];
    } else {
      out += c;
    }
  }
  return out + "\"";
}

/// Lines of TOML.
struct Lines {
  std::string all;

  void header(const std::string& name) { all += (all.empty() ? "" : "\n") + name + "\n"; }
  void raw(const std::string& key, const std::string& value) { all += key + " = " + value + "\n"; }
  void put(const std::string& key, const std::string& value) { raw(key, toml_text(value)); }
  void put(const std::string& key, const path& value) { raw(key, toml_text(value.string())); }
  void put(const std::string& key, Milliseconds value) { raw(key, toml_text(duration_text(value))); }
  void put(const std::string& key, const Endpoint& value) { raw(key, toml_text(endpoint_text(value))); }
  void put(const std::string& key, int value) { raw(key, std::to_string(value)); }
  void put_flag(const std::string& key, bool value) { raw(key, value ? "true" : "false"); }
  template <class E>
  void put_name(const std::string& key, E value) {
    raw(key, toml_text(boost::describe::enum_to_string(value, "?")));
  }
};

void show_site(Lines& lines, const Site& site) {
  lines.header("[site]");
  lines.put("terminal", site.terminal);
  lines.put("appliance", site.appliance);
  lines.put_name("environment", site.environment);
  lines.put("state", site.state);
  lines.put("models", site.models);
  lines.put("identity_key", site.identity_key);
  lines.put("identity_key_id", site.identity_key_id);
}

void show_link(Lines& lines, const Link& link) {
  lines.header("[link]");
  lines.put("broker", link.broker);
  lines.put("ca", link.ca);
  lines.put("certificate", link.certificate);
  lines.put("key", link.key);
  lines.put("signing_key", link.signing_key);
  lines.put("signing_key_id", link.signing_key_id);
  lines.put("encryption_key", link.encryption_key);
  lines.put("encryption_key_id", link.encryption_key_id);
  lines.put("max_message_bytes", link.max_message_bytes);
  lines.put("head_interval", link.head_interval);
  lines.header("[link.platform_keys]");
  for (const auto& [kid, key] : link.platform_keys) lines.put(kid, key);
}

void show_policy(Lines& lines, const core::Policy& policy) {
  lines.header("[policy]");
  lines.put_flag("cpu_mandatory", policy.cpu_mandatory);
  lines.put_name("driver", policy.driver);
  lines.put_name("customs", policy.customs);
  lines.put("right_life_without_expiry", policy.right_life_without_expiry);
  lines.put("assignment_max_age", policy.assignment_max_age);
  lines.put("right_max_age", policy.right_max_age);
  lines.put("slot_early_grace", policy.slot_early_grace);
  lines.put("slot_late_grace", policy.slot_late_grace);
  lines.header("[policy.backup_refers]");
  lines.put_flag("right", policy.backup_refers.right);
  lines.put_flag("lights", policy.backup_refers.lights);
  lines.put_flag("driver", policy.backup_refers.driver);
  lines.put_flag("haulier", policy.backup_refers.haulier);
  lines.put_flag("means_of_transport", policy.backup_refers.means_of_transport);
  lines.put_flag("data", policy.backup_refers.data);
  for (const core::LightRule& rule : policy.lights) {
    lines.header("[[policy.light]]");
    lines.put("light", rule.light);
    lines.put("value", rule.value);
    lines.put_name("colour", rule.colour);
    for (const core::FollowUp follow_up : rule.follow_up) lines.put_name("follow_up", follow_up);
  }
}

void show_barrier(Lines& lines, const Barrier& barrier) {
  lines.header("[lane.barrier]");
  lines.put("module", barrier.module);
  lines.put("unit", barrier.unit);
  lines.put("poll", barrier.poll);
  lines.put("answer", barrier.answer);
  lines.header("[lane.barrier.inputs]");
  for (const auto& [name, input] : barrier.inputs) {
    lines.raw(name, "{ number = " + std::to_string(input.number) + ", contact = " +
                        toml_text(boost::describe::enum_to_string(input.contact, "?")) + " }");
  }
  lines.header("[lane.barrier.outputs]");
  for (const auto& [name, output] : barrier.outputs) {
    const bool held = output.pulse.count() == 0;
    lines.raw(name, "{ coil = " + std::to_string(output.coil) +
                        (held ? "" : ", pulse = " + toml_text(duration_text(output.pulse))) + " }");
  }
}

/// The shortest number that reads back as the same.
std::string number_text(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

void show_framing(Lines& lines, const core::Framing& framing) {
  const core::Region& region = framing.region;
  lines.raw("region", "[" + number_text(region.x) + ", " + number_text(region.y) + ", " +
                          number_text(region.width) + ", " + number_text(region.height) + "]");
  if (const auto& capitals = framing.capitals)
    lines.raw("capitals",
              "[" + std::to_string(capitals->smallest) + ", " + std::to_string(capitals->largest) + "]");
}

void show_camera(Lines& lines, const Camera& camera) {
  lines.header("[[lane.camera]]");
  lines.put("name", camera.name);
  lines.put_name("kind", camera.kind);
  if (camera.kind == CameraKind::folder) {
    lines.put("folder", camera.folder);
  } else {
    lines.put("url", masked_url(camera.url));
  }
  lines.put("timeout", camera.timeout);
  lines.put("max_bytes", camera.max_bytes);
  show_framing(lines, camera.framing);
}

void show_lane(Lines& lines, const Lane& lane) {
  lines.header("[[lane]]");
  lines.put("name", lane.name);
  lines.put_name("direction", lane.direction);
  lines.put("pictures_time", lane.pictures_time);
  lines.put("prompt_time", lane.prompt_time);
  lines.put("travel_time", lane.travel_time);
  lines.put("grant_life", lane.grant_life);
  lines.put("escalate_after", lane.escalate_after);
  lines.put_name("fire_alarm", lane.fire_alarm);
  show_barrier(lines, lane.barrier);
  for (const Camera& camera : lane.cameras) show_camera(lines, camera);
  lines.header("[lane.reader]");
  lines.put("line", lane.reader.line);
  lines.put("max_line", lane.reader.max_line);
}

}  // namespace

std::string masked_url(std::string_view url) {
  const std::size_t scheme = url.find("://");
  const std::size_t start = scheme == url.npos ? 0 : scheme + 3;
  const std::size_t end = std::min(url.find_first_of("/?#", start), url.size());
  const std::size_t at = url.substr(0, end).rfind('@');
  std::string out(url.substr(0, start));
  if (at != url.npos && at >= start) {
    out += "***@";
    out += url.substr(at + 1, end - at - 1);
  } else {
    out += url.substr(start, end - start);
  }
  bool secret = false;  // inside a query value
  bool query = false;
  for (const char c : url.substr(end)) {
    query = query || c == '?';
    if (query && (c == '&' || c == '#')) secret = false;
    if (!secret) out += c;
    if (query && c == '=' && !secret) {
      out += "***";
      secret = true;
    }
  }
  return out;
}

std::string show(const Config& config) {
  Lines lines;
  show_site(lines, config.site);
  show_link(lines, config.link);
  lines.header("[console]");
  lines.put("bind", config.console.bind);
  lines.put("tokens", config.console.tokens);
  lines.put("control_socket", config.console.control_socket);
  lines.header("[freshness]");
  lines.put("online_max_age", config.freshness.online_max_age);
  lines.put("backup_max_age", config.freshness.backup_max_age);
  show_policy(lines, config.policy);
  for (const Lane& lane : config.lanes) show_lane(lines, lane);
  return lines.all;
}

}  // namespace config
