// The measurements of the gate, each a Google Benchmark whose counters are ratios within its own run.
#pragma once

#include <benchmark/benchmark.h>

#include "tests/bench/terminal.hpp"

namespace bench {

/// A decision's transaction against a bare commit of one row, and against a bare fdatasync of 256 bytes.
void decision(benchmark::State& state, Terminal& terminal);

/// A snapshot, message by message, against the same rows by prepared statements alone.
void snapshot(benchmark::State& state, Terminal& terminal);

/// Looking up and deciding with all rights in the replica, both within memory.
void verify(benchmark::State& state, Terminal& terminal);

/// Signed and encrypted batches of 100 over a broker and mutual TLS until they are durable and decidable,
/// against the same rows as bare upserts, 100 a transaction.
void updates(benchmark::State& state, Terminal& terminal);

/// From opening the stores to the first correct verdict, against a bare open and first look-up.
void cold_start(benchmark::State& state, Terminal& terminal);

/// From a truck on the loop to the open coil, without the recogniser's time and the disk's.
void loop_to_coil(benchmark::State& state, Terminal& terminal);

/// Whole pictures of 1920 x 1080 from their bytes, and trucks of three pictures, against finding the lines of
/// one alone, which is the recogniser's first step.
void reading(benchmark::State& state, Terminal& terminal);

}  // namespace bench
