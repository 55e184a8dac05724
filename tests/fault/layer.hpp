// The file layer that a Disk registers with SQLite.
#pragma once

#include <sqlite3.h>

namespace fault {

class Disk;

/// Everything goes through `disk` on its way to `real`. `name` must live as long as the layer.
[[nodiscard]] sqlite3_vfs layer_over(const sqlite3_vfs& real, const char* name, Disk* disk);

}  // namespace fault
