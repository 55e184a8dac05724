#include "drivers/camera/camera.hpp"

#include <utility>

#include <boost/asio/post.hpp>

#include "drivers/camera/fetch.hpp"
#include "drivers/handoff/promise.hpp"

namespace camera {

namespace asio = boost::asio;

Camera::Camera(const asio::any_io_executor& executor, asio::thread_pool& pool, ports::Clock& clock,
               const config::Camera& config)
    : executor_(executor),
      pool_(pool),
      clock_(clock),
      name_(config.name),
      framing_(config.framing),
      fetch_(std::make_shared<const Fetch>(fetch_for(config))) {}

asio::awaitable<core::Result<ports::Picture>> Camera::capture() {
  const auto name = name_;
  const auto framing = framing_;
  const auto began = clock_.now();
  const handoff::Promise<core::Result<std::string>> promise(executor_);
  asio::post(pool_, [fetch = fetch_, promise] {
    if (promise.abandoned()) return;
    promise.keep((*fetch)([&promise] { return promise.abandoned(); }));
  });
  auto bytes = co_await promise.kept();
  if (!bytes) co_return core::fail(bytes.error().fault, "camera " + name + ": " + bytes.error().what);
  co_return ports::Picture{
      .camera = name, .encoded = std::move(*bytes), .captured = began, .framing = framing};
}

}  // namespace camera
