package dev.bellhop.bench.disk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file system of its own in a file, mounted through a loop device. It needs Linux and root.
final class SmallDisk implements AutoCloseable {
    private final Path image;
    private final Path mountPoint;

    private SmallDisk(Path image, Path mountPoint) {
        this.image = image;
        this.mountPoint = mountPoint;
    }

    /// Makes one of so many megabytes; `name` is new in `folder`.
    static SmallDisk make(Path folder, String name, int megabytes) throws IOException, InterruptedException {
        var image = folder.resolve(name + ".image");
        try (var file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength((long) megabytes << 20);
        }
        Tool.run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString());
        return mount(image, folder.resolve(name));
    }

    /// Mounts what is in `image`; what its journal holds is carried out, as after a power cut.
    static SmallDisk mount(Path image, Path mountPoint) throws IOException, InterruptedException {
        Files.createDirectories(mountPoint);
        Tool.run("mount", "-o", "loop", image.toString(), mountPoint.toString());
        return new SmallDisk(image, mountPoint);
    }

    Path mountPoint() {
        return mountPoint;
    }

    /// What has reached the device by now, as a new image: not what the system still has in memory of it.
    Path snapshot(Path copy) throws IOException, InterruptedException {
        Tool.run("cp", "--sparse=always", image.toString(), copy.toString());
        return copy;
    }

    @Override
    public void close() {
        try {
            Tool.run("umount", mountPoint.toString());
            Files.delete(mountPoint);
            Files.delete(image);
        } catch (IOException e) {
            throw new UncheckedIOException("removing the disk at " + mountPoint, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
