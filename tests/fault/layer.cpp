#include "tests/fault/layer.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <new>
#include <string>

#include "tests/fault/disk.hpp"

namespace fault {
namespace {

/// SQLite gives us the memory for one, with room for a file of the real layer behind it.
struct File {
  sqlite3_file base{};
  Disk* disk = nullptr;
  std::string name{};
  std::shared_ptr<Unsynced> unsynced{};

  [[nodiscard]] sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File& ours(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
sqlite3_file* real(sqlite3_file* file) { return ours(file).real(); }
Disk& disk_of(sqlite3_vfs* layer) { return *static_cast<Disk*>(layer->pAppData); }
sqlite3_vfs* real(sqlite3_vfs* layer) { return disk_of(layer).real(); }

/// Remembers what the disk still holds of [from, until) before it changes.
void remember(File& file, std::int64_t from, std::int64_t until) {
  for (std::int64_t number = from / Unsynced::sector; number * Unsynced::sector < until; ++number) {
    const std::int64_t offset = number * Unsynced::sector;
    auto& before = file.unsynced->before;
    if (before.contains(number)) continue;
    const auto size = std::clamp<std::int64_t>(file.unsynced->size - offset, 0, Unsynced::sector);
    std::string bytes(static_cast<std::size_t>(size), '\0');
    if (size > 0) file.real()->pMethods->xRead(file.real(), bytes.data(), static_cast<int>(size), offset);
    before.emplace(number, std::move(bytes));
  }
}

int write_file(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  File& to = ours(file);
  const auto held = to.disk->hold();
  const Harm harm = to.disk->before(Access::write, to.name);
  if (harm == Harm::broken) return SQLITE_IOERR_WRITE;
  if (harm == Harm::full) return SQLITE_FULL;
  const int taken = harm == Harm::short_write ? size / 2 : size;
  remember(to, offset, offset + taken);
  const int code = to.real()->pMethods->xWrite(to.real(), bytes, taken, offset);
  if (harm == Harm::short_write) return SQLITE_IOERR_WRITE;
  to.disk->after(Access::write, to.name);
  return code;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  File& to = ours(file);
  const auto held = to.disk->hold();
  if (to.disk->before(Access::truncate, to.name) != Harm::none) return SQLITE_IOERR_TRUNCATE;
  sqlite3_int64 now = 0;
  to.real()->pMethods->xFileSize(to.real(), &now);
  remember(to, size, now);
  const int code = to.real()->pMethods->xTruncate(to.real(), size);
  to.disk->after(Access::truncate, to.name);
  return code;
}

int sync_file(sqlite3_file* file, int) {
  File& to = ours(file);
  const auto held = to.disk->hold();
  if (to.disk->before(Access::sync, to.name) != Harm::none) return SQLITE_IOERR_FSYNC;
  if (!to.disk->lies()) {
    to.unsynced->before.clear();
    sqlite3_int64 size = 0;
    to.real()->pMethods->xFileSize(to.real(), &size);
    to.unsynced->size = size;
  }
  to.disk->after(Access::sync, to.name);
  return SQLITE_OK;
}

int close_file(sqlite3_file* file) {
  File& closing = ours(file);
  const auto held = closing.disk->hold();
  static_cast<void>(closing.disk->before(Access::close, closing.name));
  const int code = closing.real()->pMethods->xClose(closing.real());
  closing.disk->after(Access::close, closing.name);
  --closing.unsynced->handles;
  closing.~File();
  return code;
}

int read_file(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
  File& from = ours(file);
  const auto held = from.disk->hold();
  const Harm harm = from.disk->before_read(from.name);
  if (harm == Harm::broken) return SQLITE_IOERR_READ;
  const int code = from.real()->pMethods->xRead(from.real(), bytes, size, offset);
  if (harm == Harm::flipped && code == SQLITE_OK)
    from.disk->flip({static_cast<char*>(bytes), static_cast<std::size_t>(size)});
  return code;
}
int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}
int lock_file(sqlite3_file* file, int level) { return real(file)->pMethods->xLock(real(file), level); }
int unlock_file(sqlite3_file* file, int level) { return real(file)->pMethods->xUnlock(real(file), level); }
int reserved_file(sqlite3_file* file, int* locked) {
  return real(file)->pMethods->xCheckReservedLock(real(file), locked);
}
int control_file(sqlite3_file* file, int what, void* argument) {
  return real(file)->pMethods->xFileControl(real(file), what, argument);
}
int sector_of_file(sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); }
int traits_of_file(sqlite3_file* file) { return real(file)->pMethods->xDeviceCharacteristics(real(file)); }
int map_shared(sqlite3_file* file, int region, int size, int extend, void volatile** memory) {
  return real(file)->pMethods->xShmMap(real(file), region, size, extend, memory);
}
int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
void barrier_shared(sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); }
int unmap_shared(sqlite3_file* file, int remove) {
  return real(file)->pMethods->xShmUnmap(real(file), remove);
}

const sqlite3_io_methods methods = {
    .iVersion = 2,  // without memory-mapped reads, which would not be seen
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = size_of_file,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = reserved_file,
    .xFileControl = control_file,
    .xSectorSize = sector_of_file,
    .xDeviceCharacteristics = traits_of_file,
    .xShmMap = map_shared,
    .xShmLock = lock_shared,
    .xShmBarrier = barrier_shared,
    .xShmUnmap = unmap_shared,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open_file(sqlite3_vfs* layer, const char* path, sqlite3_file* file, int flags, int* given) {
  Disk& disk = disk_of(layer);
  const auto held = disk.hold();
  file->pMethods = nullptr;
  const std::string name = path ? std::filesystem::path(path).filename().string() : "";
  if (disk.before(Access::open, name) != Harm::none) return SQLITE_CANTOPEN;
  File& opening = *new (file) File();
  opening.disk = &disk;
  opening.name = name;
  const int code = disk.real()->xOpen(disk.real(), path, opening.real(), flags, given);
  if (code != SQLITE_OK) {
    opening.~File();
    file->pMethods = nullptr;
    return code;
  }
  opening.unsynced = path ? disk.unsynced(path) : std::make_shared<Unsynced>();
  ++opening.unsynced->handles;
  opening.base.pMethods = &methods;
  disk.after(Access::open, name);
  return code;
}

int remove_file(sqlite3_vfs* layer, const char* path, int sync_folder) {
  const std::string name = std::filesystem::path(path).filename().string();
  const auto held = disk_of(layer).hold();
  if (disk_of(layer).before(Access::remove, name) != Harm::none) return SQLITE_IOERR_DELETE;
  const int code = real(layer)->xDelete(real(layer), path, sync_folder);
  disk_of(layer).after(Access::remove, name);
  return code;
}

int access_file(sqlite3_vfs* layer, const char* path, int flags, int* given) {
  return real(layer)->xAccess(real(layer), path, flags, given);
}
int full_path(sqlite3_vfs* layer, const char* path, int size, char* full) {
  return real(layer)->xFullPathname(real(layer), path, size, full);
}
int randomness(sqlite3_vfs* layer, int size, char* bytes) {
  return real(layer)->xRandomness(real(layer), size, bytes);
}
int sleep_for(sqlite3_vfs* layer, int microseconds) { return real(layer)->xSleep(real(layer), microseconds); }
int current_time(sqlite3_vfs* layer, double* time) { return real(layer)->xCurrentTime(real(layer), time); }
int last_error(sqlite3_vfs* layer, int size, char* text) {
  return real(layer)->xGetLastError(real(layer), size, text);
}

}  // namespace

sqlite3_vfs layer_over(const sqlite3_vfs& real, const char* name, Disk* disk) {
  sqlite3_vfs layer{};
  layer.iVersion = 1;
  layer.szOsFile = static_cast<int>(sizeof(File)) + real.szOsFile;
  layer.mxPathname = real.mxPathname;
  layer.zName = name;
  layer.pAppData = disk;
  layer.xOpen = open_file;
  layer.xDelete = remove_file;
  layer.xAccess = access_file;
  layer.xFullPathname = full_path;
  layer.xRandomness = randomness;
  layer.xSleep = sleep_for;
  layer.xCurrentTime = current_time;
  layer.xGetLastError = last_error;
  return layer;
}

}  // namespace fault
