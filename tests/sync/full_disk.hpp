// A disk on which nothing grows any more.
#pragma once

#include <csignal>

#include <sys/resource.h>

namespace syncing_test {

/// No file of this process grows while this lives, as on a full disk.
class FullDisk {
 public:
  FullDisk() {
    before_ = std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &limit_);
    const rlimit none{.rlim_cur = 0, .rlim_max = limit_.rlim_max};
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
