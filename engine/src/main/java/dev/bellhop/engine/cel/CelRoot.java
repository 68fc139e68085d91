package dev.bellhop.engine.cel;

/// A name that every expression can see: for the documentation, which is printed from these.
public record CelRoot(String name, String type, String sentence) {}
