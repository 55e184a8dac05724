#include "drivers/reader/pool.hpp"

#include <algorithm>
#include <exception>
#include <string>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "drivers/reader/picture.hpp"

namespace reader {

namespace asio = boost::asio;

core::Result<std::unique_ptr<Pool>> Pool::start(const PoolSettings& settings,
                                                std::function<core::SteadyTime()> steady) {
  return Recogniser::load(settings.models, settings.threads).map([&](Recogniser recogniser) {
    return std::unique_ptr<Pool>(new Pool(settings, std::move(recogniser), std::move(steady)));
  });
}

Pool::Pool(const PoolSettings& settings, Recogniser recogniser, std::function<core::SteadyTime()> steady)
    : steady_(std::move(steady)),
      most_(settings.queue),
      recogniser_(std::move(recogniser)),
      threads_(static_cast<std::size_t>(settings.threads)) {}

Pool::~Pool() { threads_.join(); }

asio::awaitable<core::Result<core::Sighting>> Pool::read(std::vector<ports::Picture> views) {
  if (waiting_.fetch_add(1) >= most_) {
    waiting_.fetch_sub(1);
    co_return core::fail(core::Fault::refused,
                         "the recogniser has " + std::to_string(most_) + " passages to read already");
  }
  // Given back by whatever way this coroutine ends, an abandoned await included.
  const std::shared_ptr<void> place(nullptr, [this](void*) { waiting_.fetch_sub(1); });
  // A name of its own: g++ 12 destroys a lambda's captures twice where it stands within the awaiting
  // expression.
  auto task = [this, place, pictures = std::move(views)]() -> asio::awaitable<core::Result<core::Sighting>> {
    co_return work(pictures);
  };
  co_return co_await asio::co_spawn(threads_, std::move(task), asio::use_awaitable);
}

core::Result<core::Sighting> Pool::work(const std::vector<ports::Picture>& views) {
  const core::SteadyTime begin = steady_();
  core::Result<core::Sighting> sighting = see(views);
  if (sighting) sighting->milliseconds = (steady_() - begin).count();
  return sighting;
}

core::Result<core::Sighting> Pool::see(const std::vector<ports::Picture>& views) try {
  using enum core::ViewFaultKind;
  std::vector<Shot> good;
  std::vector<core::ViewFault> faults;
  for (const ports::Picture& view : views) {
    core::Result<cv::Mat> picture = decode(view.encoded);
    if (!picture) {
      faults.push_back({view.camera, no_picture, picture.error().what});
    } else if (auto fault = doubt(view, *picture)) {
      faults.push_back({view.camera, fault->kind, std::move(fault->what)});
    } else {
      good.push_back({std::move(*picture), view.framing});
    }
  }
  const bool none = std::all_of(faults.begin(), faults.end(),
                                [](const core::ViewFault& fault) { return fault.kind == no_picture; });
  if (good.empty() && none)
    return core::fail(core::Fault::corrupt, faults.empty() ? "no picture to read" : faults[0].what);
  core::Result<core::Sighting> sighting = recogniser_.read(good);
  if (sighting) sighting->faults = std::move(faults);
  return sighting;
} catch (const std::exception& error) {
  return core::fail(core::Fault::broken, std::string("the pictures could not be judged: ") + error.what());
}

std::optional<PictureFault> Pool::doubt(const ports::Picture& view, const cv::Mat& picture) {
  const std::string source = view.lane + '/' + view.camera;
  auto fault = earlier_.again(source, picture, view.captured.steady);
  if (!fault) fault = fault_of(quality_of(picture));
  return fault ? fault : surroundings_.missed(source, picture, view.captured.steady);
}

}  // namespace reader
