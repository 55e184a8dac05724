// Seeing: all cameras at once, then all pictures read together while they are stored.
#include <algorithm>
#include <utility>

#include "gate/lane/body.hpp"

namespace lane {

namespace asio = boost::asio;

namespace {

std::string device(std::size_t camera) { return "camera " + std::to_string(camera + 1); }

}  // namespace

/// One look at one vehicle, shared by the coroutines that make it.
struct Lane::Body::Shoot {
  Shoot(const asio::any_io_executor& executor, std::size_t cameras)
      : taken(cameras), under_way(cameras), bell(executor) {}

  std::vector<std::optional<ports::Picture>> taken;  // by camera, in the configuration's order
  std::vector<core::ViewFault> missing;              // of cameras that gave none
  std::vector<core::PictureRef> refs;
  std::size_t under_way;
  Bell bell;

  void one_done() {
    --under_way;
    bell.ring();
  }

  asio::awaitable<void> all_done() {
    while (under_way > 0) co_await bell.wait();
  }
};

asio::awaitable<void> Lane::Body::capture(std::shared_ptr<Shoot> shoot, std::size_t camera) {
  auto picture = co_await parts.cameras[camera]->capture();
  if (picture) {
    picture->lane = parts.name;
    shoot->taken[camera] = std::move(*picture);
  } else {
    trouble(device(camera), picture.error().what);
    shoot->missing.push_back({device(camera), core::ViewFaultKind::no_picture, picture.error().what});
  }
  shoot->one_done();
}

asio::awaitable<void> Lane::Body::keep(std::shared_ptr<Shoot> shoot, ports::Picture picture) {
  auto kept = co_await parts.journal.keep(std::move(picture));
  trouble("pictures", kept ? "" : kept.error().what);
  if (kept) shoot->refs.push_back(std::move(*kept));
  shoot->one_done();
}

/// A camera whose picture is not to be believed is in trouble as one that gives none.
void Lane::Body::judge(const std::vector<std::string>& cameras, const std::vector<core::ViewFault>& faults) {
  for (std::size_t i = 0; i < cameras.size(); ++i) {
    if (cameras[i].empty()) continue;  // it gave no picture, and that has been said
    const auto fault = std::find_if(faults.begin(), faults.end(),
                                    [&](const core::ViewFault& each) { return each.camera == cameras[i]; });
    trouble(device(i), fault == faults.end() ? "" : fault->camera + ": " + fault->what);
  }
}

asio::awaitable<void> Lane::Body::look(std::string passage) {
  const auto shoot = std::make_shared<Shoot>(executor, parts.cameras.size());
  for (std::size_t i = 0; i < parts.cameras.size(); ++i) nursery_.spawn(capture(shoot, i));
  co_await shoot->all_done();
  std::vector<ports::Picture> views;
  std::vector<std::string> cameras;  // that gave a picture, by place; empty: it did not
  for (auto& picture : shoot->taken) {
    cameras.push_back(picture ? picture->camera : "");
    if (picture) views.push_back(std::move(*picture));
  }
  shoot->under_way = views.size();
  for (const ports::Picture& view : views) nursery_.spawn(keep(shoot, view));
  const std::size_t given = views.size();
  core::Result<core::Sighting> seen = core::fail(core::Fault::broken, "no camera gave a picture");
  if (!views.empty()) {
    seen = co_await parts.eyes.read(std::move(views));
    trouble("recogniser", seen ? "" : seen.error().what);
  }
  if (seen) judge(cameras, seen->faults);
  co_await shoot->all_done();
  const bool any = seen && seen->faults.size() < given;
  std::vector<core::ViewFault> faults = seen ? std::move(seen->faults) : std::vector<core::ViewFault>{};
  faults.insert(faults.end(), shoot->missing.begin(), shoot->missing.end());
  if (any) {
    seen->faults = std::move(faults);
    put(core::PicturesRead{std::move(passage), std::move(*seen), std::move(shoot->refs)});
  } else {
    put(core::PicturesFailed{std::move(passage), std::move(shoot->refs), std::move(faults)});
  }
}

}  // namespace lane
