// The system's calls that change names or sync, as everybody in this process calls them: ours come first,
// tell fault::Names, and go on to the system's own.
#include <cerrno>
#include <string>

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include "tests/fault/names.hpp"

namespace {

namespace fs = std::filesystem;

thread_local bool ours = false;  // what fault::Names itself does is not told

template <class Call>
Call real(const char* name) {
  return reinterpret_cast<Call>(::dlsym(RTLD_NEXT, name));
}

fs::path path_of(int handle) {
  std::error_code none;
  return fs::read_symlink("/proc/self/fd/" + std::to_string(handle), none);
}

fs::path absolute(const char* path) { return fs::absolute(path); }

/// `from` to `to`; one of them empty.
template <class Work>
int change(const fs::path& from, const fs::path& to, const Work& work) {
  fault::Names* names = ours ? nullptr : fault::Names::of(from.empty() ? to : from);
  if (!names) return work();
  ours = true;
  names->begin(from, to);
  const int result = work();
  const int error = errno;
  names->done(result == 0);
  ours = false;
  errno = error;
  return result;
}

template <class Work>
int sync(int handle, const Work& work) {
  const fs::path path = ours ? fs::path() : path_of(handle);
  if (fault::Names* names = ours ? nullptr : fault::Names::of(path)) {
    ours = true;
    names->sync(path);
    ours = false;
  }
  return work();
}

}  // namespace

extern "C" {

int rename(const char* from, const char* to) noexcept {
  return change(absolute(from), absolute(to),
                [&] { return real<int (*)(const char*, const char*)>("rename")(from, to); });
}
int remove(const char* path) noexcept {
  return change(absolute(path), {}, [&] { return real<int (*)(const char*)>("remove")(path); });
}
int unlink(const char* path) noexcept {
  return change(absolute(path), {}, [&] { return real<int (*)(const char*)>("unlink")(path); });
}
int rmdir(const char* path) noexcept {
  return change(absolute(path), {}, [&] { return real<int (*)(const char*)>("rmdir")(path); });
}
int unlinkat(int folder, const char* path, int flags) noexcept {
  const fs::path whole = folder == AT_FDCWD ? absolute(path) : path_of(folder) / path;
  return change(whole, {},
                [&] { return real<int (*)(int, const char*, int)>("unlinkat")(folder, path, flags); });
}
int fsync(int handle) {
  return sync(handle, [&] { return real<int (*)(int)>("fsync")(handle); });
}
int fdatasync(int handle) {
  return sync(handle, [&] { return real<int (*)(int)>("fdatasync")(handle); });
}

}  // extern "C"
