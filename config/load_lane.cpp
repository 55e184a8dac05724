#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <tuple>

#include <boost/describe/members.hpp>

#include "config/sections.hpp"
#include "config/values.hpp"
#include "gate/core/signals.hpp"

namespace config {
namespace {

using namespace std::chrono_literals;

constexpr TextRule name_rule{"abcdefghijklmnopqrstuvwxyz0123456789-", 16,
                             "1 to 16 characters of a-z, 0-9 and -"};
constexpr std::array required_inputs{"presence", "safety", "open_limit", "closed_limit"};
constexpr std::array danger_inputs{"safety", "photocell", "unhinged", "fault"};
constexpr std::array outputs{"open", "close", "green", "red", "hold"};

template <class Names>
bool contains(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<std::string> signal_names() {
  std::vector<std::string> names;
  boost::mp11::mp_for_each<boost::describe::describe_members<core::Signals, boost::describe::mod_public>>(
      [&names](auto member) { names.emplace_back(member.name); });
  return names;
}

void load_inputs(Table table, std::map<std::string, Input>& inputs) {
  std::map<int, std::string> taken;
  for (const std::string& name : signal_names()) {
    std::optional<Table> row =
        table.table(name, contains(required_inputs, name) ? Need::required : Need::optional);
    if (!row) continue;
    Input input;
    row->integer("number", input.number, 0, 65535, Need::required);
    row->choice("contact", input.contact, Need::required);
    if (row->has("contact") && contains(danger_inputs, name) && input.contact != Contact::normally_closed) {
      row->wrong("contact", "a cut wire would not read as danger, allowed: normally_closed");
    }
    if (row->has("number") && !taken.emplace(input.number, name).second) {
      row->wrong("number", "input " + std::to_string(input.number) + " is already " + taken[input.number] +
                               ", allowed: each input once");
    }
    row->finish();
    inputs[name] = input;
  }
  table.finish();
}

void load_outputs(Table table, std::map<std::string, Output>& out) {
  std::map<int, std::string> taken;
  for (const char* name : outputs) {
    std::optional<Table> row =
        table.table(name, std::string_view(name) == "hold" ? Need::optional : Need::required);
    if (!row) continue;
    Output output;
    row->integer("coil", output.coil, 0, 65535, Need::required);
    row->duration("pulse", output.pulse, 50ms, 5s);
    if (row->has("coil") && !taken.emplace(output.coil, name).second) {
      row->wrong("coil", "coil " + std::to_string(output.coil) + " is already " + taken[output.coil] +
                             ", allowed: each coil once");
    }
    row->finish();
    out[name] = output;
  }
  table.finish();
}

void load_barrier(Table table, Barrier& barrier) {
  table.endpoint("module", barrier.module, Need::required);
  table.integer("unit", barrier.unit, 0, 255);
  table.duration("poll", barrier.poll, 10ms, 1s);
  table.duration("answer", barrier.answer, 20ms, 5s);
  if (auto inputs = table.table("inputs", Need::required)) load_inputs(std::move(*inputs), barrier.inputs);
  if (auto rows = table.table("outputs", Need::required)) load_outputs(std::move(*rows), barrier.outputs);
  table.finish();
}

void load_url(Table& table, Camera& camera) {
  table.text("url", camera.url, Need::required,
             {.characters = {}, .most = 2000, .allowed = "a URL of http or https"});
  const bool known = camera.url.starts_with("http://") || camera.url.starts_with("https://");
  if (!camera.url.empty() && !known)
    table.wrong("url", "not a URL of a camera, allowed: http://... or https://...");
}

void load_region(Table& table, core::Region& region) {
  const auto shares = table.numbers(
      "region", 4, true, "[x, y, width, height] as shares of the picture, such as [0.25, 0, 0.5, 1]");
  if (!shares) return;
  const core::Region given{(*shares)[0], (*shares)[1], (*shares)[2], (*shares)[3]};
  if (const auto what = core::wrong_region(given)) return table.wrong("region", *what);
  region = given;
}

void load_capitals(Table& table, std::optional<core::Capitals>& capitals) {
  constexpr double least = 4, most = 1000;
  const std::string allowed = "[smallest, largest] in pixels, 4 to 1000, the smallest first";
  const auto heights = table.numbers("capitals", 2, false, allowed);
  if (!heights) return;
  const double smallest = heights->front(), largest = heights->back();
  if (smallest < least || largest > most || smallest >= largest)
    return table.wrong("capitals", "no range of heights, allowed: " + allowed);
  capitals = core::Capitals{static_cast<int>(smallest), static_cast<int>(largest)};
}

Camera load_camera(Table& table) {
  Camera camera;
  table.text("name", camera.name, Need::required, name_rule);
  table.choice("kind", camera.kind);
  if (camera.kind == CameraKind::folder) {
    table.file("folder", camera.folder, FileKind::folder, Need::required);
  } else {
    load_url(table, camera);
  }
  table.duration("timeout", camera.timeout, 100ms, 10s);
  table.integer("max_bytes", camera.max_bytes, 65'536, 67'108'864);
  load_region(table, camera.framing.region);
  load_capitals(table, camera.framing.capitals);
  table.finish();
  return camera;
}

void load_cameras(std::vector<Table> tables, std::vector<Camera>& cameras) {
  std::map<std::string, int> taken;
  for (Table& table : tables) {
    cameras.push_back(load_camera(table));
    const auto [first, is_new] = taken.emplace(cameras.back().name, table.line());
    if (!is_new && !cameras.back().name.empty()) {
      table.wrong("name", "already the name of the camera of line " + std::to_string(first->second) +
                              ", allowed: each name once in a lane");
    }
  }
}

void load_reader(Table table, Reader& reader) {
  table.endpoint("line", reader.line, Need::required);
  table.integer("max_line", reader.max_line, 16, 4096);
  table.finish();
}

Lane load_lane(Table& table) {
  Lane lane;
  table.text("name", lane.name, Need::required, name_rule);
  table.choice("direction", lane.direction, Need::required);
  table.duration("pictures_time", lane.pictures_time, 500ms, 1min);
  table.duration("prompt_time", lane.prompt_time, 1s, 10min);
  table.duration("travel_time", lane.travel_time, 500ms, 1min);
  table.duration("grant_life", lane.grant_life, 2s, 10min);
  table.duration("escalate_after", lane.escalate_after, 5s, 1h);
  table.choice("fire_alarm", lane.fire_alarm);
  if (auto barrier = table.table("barrier", Need::required)) load_barrier(std::move(*barrier), lane.barrier);
  load_cameras(table.tables("camera", Need::optional), lane.cameras);
  if (auto reader = table.table("reader", Need::required)) load_reader(std::move(*reader), lane.reader);
  table.finish();
  return lane;
}

using Coil = std::tuple<std::string, int, int>;  // module, unit, coil

}  // namespace

void load_lanes(std::vector<Table> tables, std::vector<Lane>& lanes) {
  std::map<std::string, int> names;
  std::map<Coil, int> coils;
  for (Table& table : tables) {
    lanes.push_back(load_lane(table));
    const Lane& lane = lanes.back();
    const auto [first, is_new] = names.emplace(lane.name, table.line());
    if (!is_new && !lane.name.empty()) {
      table.wrong("name", "already the name of the lane of line " + std::to_string(first->second) +
                              ", allowed: each name once");
    }
    for (const auto& [name, output] : lane.barrier.outputs) {
      const Coil coil{endpoint_text(lane.barrier.module), lane.barrier.unit, output.coil};
      const auto [owner, free] = coils.emplace(coil, table.line());
      if (free || owner->second == table.line() || lane.barrier.module.port == 0) continue;
      table.wrong("barrier", "coil " + std::to_string(output.coil) + " (" + name +
                                 ") of this module is also commanded by the " + "lane of line " +
                                 std::to_string(owner->second) + ", allowed: each coil once");
    }
  }
}

}  // namespace config
