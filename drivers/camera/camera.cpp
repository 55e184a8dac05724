#include "drivers/camera/camera.hpp"

#include <utility>

#include <boost/asio/post.hpp>

#include "drivers/camera/fetch.hpp"
#include "drivers/camera/folder.hpp"
#include "drivers/handoff/promise.hpp"

namespace camera {

namespace asio = boost::asio;

namespace {

using Fetch = std::function<core::Result<std::string>(const std::function<bool()>& unwanted)>;

Fetch fetch_for(const config::Camera& config) {
  switch (config.kind) {
    case config::CameraKind::still:
      return [config](const auto& unwanted) { return fetch_still(config, unwanted); };
    case config::CameraKind::mjpeg:
      return [config](const auto& unwanted) { return fetch_mjpeg(config, unwanted); };
    case config::CameraKind::folder:
      break;
  }
  const auto folder = std::make_shared<Folder>(config.folder, static_cast<std::size_t>(config.max_bytes));
  return [folder](const auto&) { return folder->next(); };
}

}  // namespace

Camera::Camera(const asio::any_io_executor& executor, asio::thread_pool& pool, ports::Clock& clock,
               const config::Camera& config)
    : executor_(executor),
      pool_(pool),
      clock_(clock),
      name_(config.name),
      fetch_(std::make_shared<const Fetch>(fetch_for(config))) {}

asio::awaitable<core::Result<ports::Picture>> Camera::capture() {
  const auto name = name_;
  const auto began = clock_.now();
  const handoff::Promise<core::Result<std::string>> promise(executor_);
  asio::post(pool_, [fetch = fetch_, promise] {
    if (promise.abandoned()) return;
    promise.keep((*fetch)([&promise] { return promise.abandoned(); }));
  });
  auto bytes = co_await promise.kept();
  if (!bytes) co_return core::fail(bytes.error().fault, "camera " + name + ": " + bytes.error().what);
  co_return ports::Picture{.camera = name, .encoded = std::move(*bytes), .captured = began};
}

}  // namespace camera
