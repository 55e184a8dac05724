// A disk on which nothing grows any more.
#pragma once

#include <csignal>

#include <sys/resource.h>

namespace syncing_test {

/// No file of this process grows (beyond `size` bytes) while this lives, as on a full disk.
class FullDisk {
 public:
  explicit FullDisk(rlim_t size = 0) {
    before_ = std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &limit_);
    const rlimit none{.rlim_cur = size, .rlim_max = limit_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &none);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;
  ~FullDisk() {
    setrlimit(RLIMIT_FSIZE, &limit_);
    std::signal(SIGXFSZ, before_);
  }

 private:
  rlimit limit_{};
  void (*before_)(int) = SIG_DFL;
};

}  // namespace syncing_test
