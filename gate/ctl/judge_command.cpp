// `gatectl camera judge`: asks the cameras themselves, as a lane does, whether or not a daemon runs.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <future>
#include <ostream>

#include <boost/describe/enum_to_string.hpp>
#include <nlohmann/json.hpp>

#include "config/load.hpp"
#include "drivers/camera/fetch.hpp"
#include "drivers/reader/judge.hpp"
#include "drivers/reader/overlay.hpp"
#include "drivers/reader/picture.hpp"
#include "gate/ctl/commands.hpp"
#include "gate/ctl/harmless.hpp"
#include "gate/ctl/judge_table.hpp"

namespace ctl {
namespace {

using nlohmann::ordered_json;
using Taken = core::Result<std::string>;

const config::Lane* lane_of(const config::Config& config, const JudgeOptions& options, std::ostream& err) {
  const auto lane = std::find_if(config.lanes.begin(), config.lanes.end(),
                                 [&](const config::Lane& one) { return one.name == options.lane; });
  if (lane == config.lanes.end()) {
    err << options.config.string() << ": no lane " << options.lane << ", there are:";
    for (const config::Lane& one : config.lanes) err << ' ' << one.name;
    err << '\n';
    return nullptr;
  }
  if (!lane->cameras.empty()) return &*lane;
  err << options.config.string() << ": lane " << options.lane << " has no camera\n";
  return nullptr;
}

/// From all cameras at once: one that does not answer holds up no other.
std::vector<Taken> pictures_of(const std::vector<camera::Fetch>& fetches) {
  std::vector<std::future<Taken>> under_way;
  for (const camera::Fetch& fetch : fetches)
    under_way.push_back(std::async(std::launch::async, [&fetch] { return fetch([] { return false; }); }));
  std::vector<Taken> taken;
  for (std::future<Taken>& one : under_way) taken.push_back(one.get());
  return taken;
}

core::Result<JudgedCamera> judged(const config::Camera& camera, const Taken& taken,
                                  reader::Recogniser& recogniser, cv::Mat& picture) {
  if (!taken) return tl::unexpected(taken.error());
  auto decoded = reader::decode(*taken);
  if (!decoded) return tl::unexpected(decoded.error());
  picture = std::move(*decoded);
  const auto begin = std::chrono::steady_clock::now();
  auto view = reader::judge_view(recogniser, {picture, camera.framing});
  if (!view) return tl::unexpected(view.error());
  const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - begin;
  view->sighting.milliseconds = std::lround(spent.count());
  return JudgedCamera{camera.name, picture.cols, picture.rows, camera.framing.region, std::move(*view)};
}

void complain(const JudgeOptions& options, const std::string& camera, const core::Error& error,
              std::ostream& err) {
  if (options.json)
    err << ordered_json{{"lane", options.lane}, {"camera", camera}, {"error", error.what}}.dump(
               -1, ' ', false, ordered_json::error_handler_t::replace)
        << '\n';
  else
    err << "camera " << camera << ": " << harmless(error.what) << '\n';
}

/// One picture of each camera; false where one gave none, or its view is poor or shows nothing.
bool judge_once(const config::Lane& lane, const std::vector<camera::Fetch>& fetches,
                reader::Recogniser& recogniser, const JudgeOptions& options, std::vector<reader::Seen>& seen,
                Streams streams) {
  bool all_well = true;
  std::vector<JudgedCamera> cameras;
  const std::vector<Taken> taken = pictures_of(fetches);
  for (std::size_t i = 0; i < taken.size(); ++i) {
    cv::Mat picture;
    auto one = judged(lane.cameras[i], taken[i], recogniser, picture);
    if (!one) {
      complain(options, lane.cameras[i].name, one.error(), streams.err);
      all_well = false;
      continue;
    }
    all_well = all_well && one->view.judgement.verdict <= reader::Grade::usable;
    if (!options.overlay.empty()) seen.push_back({picture, one->view.sighting, one->region});
    cameras.push_back(std::move(*one));
  }
  if (options.json)
    for (const JudgedCamera& camera : cameras) streams.out << judged_json(lane.name, camera) << '\n';
  else if (!cameras.empty())
    streams.out << judged_table(lane.name, cameras);
  streams.out.flush();
  return all_well;
}

}  // namespace

int judge_command(const JudgeOptions& options, Streams streams) {
  const auto config = config::load(options.config);
  if (!config) return streams.err << config::text(config.error()), 1;
  const config::Lane* lane = lane_of(*config, options, streams.err);
  if (lane == nullptr) return 1;
  auto recogniser = reader::Recogniser::load(config->site.models);
  if (!recogniser) return streams.err << recogniser.error().what << '\n', 1;
  std::vector<camera::Fetch> fetches;
  for (const config::Camera& camera : lane->cameras) fetches.push_back(camera::fetch_for(camera));
  bool all_well = true;
  std::vector<reader::Seen> seen;
  for (int turn = 0; turn < options.pictures; ++turn) {
    if (turn > 0 && !options.json) streams.out << '\n';
    all_well = judge_once(*lane, fetches, *recogniser, options, seen, streams) && all_well;
  }
  if (!options.overlay.empty())
    if (const auto written = reader::write_overlay(seen, options.overlay); !written)
      return streams.err << options.overlay.string() << ": " << written.error().what << '\n', 1;
  return all_well ? 0 : 1;
}

}  // namespace ctl
