package dev.bellhop.cli.deliveries;

/// How an answer is printed.
enum Output {
    table, json, yaml
}
