// Seeing: all cameras at once, then all pictures read together while they are stored.
#include <utility>

#include "gate/lane/body.hpp"

namespace lane {

namespace asio = boost::asio;

/// One look at one vehicle, shared by the coroutines that make it.
struct Lane::Body::Shoot {
  Shoot(const asio::any_io_executor& executor, std::size_t cameras)
      : taken(cameras), under_way(cameras), bell(executor) {}

  std::vector<std::optional<ports::Picture>> taken;  // by camera, in the configuration's order
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
  trouble("camera " + std::to_string(camera + 1), picture ? "" : picture.error().what);
  if (picture) shoot->taken[camera] = std::move(*picture);
  shoot->one_done();
}

asio::awaitable<void> Lane::Body::keep(std::shared_ptr<Shoot> shoot, ports::Picture picture) {
  auto kept = co_await parts.journal.keep(std::move(picture));
  trouble("pictures", kept ? "" : kept.error().what);
  if (kept) shoot->refs.push_back(std::move(*kept));
  shoot->one_done();
}

asio::awaitable<void> Lane::Body::look(std::string passage) {
  const auto shoot = std::make_shared<Shoot>(executor, parts.cameras.size());
  for (std::size_t i = 0; i < parts.cameras.size(); ++i) nursery_.spawn(capture(shoot, i));
  co_await shoot->all_done();
  std::vector<ports::Picture> views;
  for (auto& picture : shoot->taken) {
    if (picture) views.push_back(std::move(*picture));
  }
  shoot->under_way = views.size();
  for (const ports::Picture& view : views) nursery_.spawn(keep(shoot, view));
  core::Result<core::Sighting> seen = core::fail(core::Fault::broken, "no camera gave a picture");
  if (!views.empty()) {
    seen = co_await parts.eyes.read(std::move(views));
    trouble("recogniser", seen ? "" : seen.error().what);
  }
  co_await shoot->all_done();
  if (seen) {
    put(core::PicturesRead{std::move(passage), std::move(*seen), std::move(shoot->refs)});
  } else {
    put(core::PicturesFailed{std::move(passage), std::move(shoot->refs)});
  }
}

}  // namespace lane
