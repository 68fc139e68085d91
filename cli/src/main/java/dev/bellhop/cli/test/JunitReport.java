package dev.bellhop.cli.test;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import dev.bellhop.cli.test.TestResult.Status;

/// Results in the XML that CI systems read.
final class JunitReport {
    private JunitReport() {}

    static void write(Path file, List<TestResult> results) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try (Writer out = Files.newBufferedWriter(file)) {
            var xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "bellhop test");
            xml.writeAttribute("tests", Integer.toString(results.size()));
            xml.writeAttribute("failures", count(results, Status.FAILED));
            xml.writeAttribute("errors", count(results, Status.UNUSABLE));
            for (var result : results) {
                write(xml, result);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException("writing " + file, e);
        }
    }

    private static void write(XMLStreamWriter xml, TestResult result) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "bellhop");
        xml.writeAttribute("name", result.name());
        if (result.status() != Status.PASSED) {
            xml.writeStartElement(result.status() == Status.FAILED ? "failure" : "error");
            xml.writeAttribute("message", result.message().getFirst());
            xml.writeCharacters(String.join("\n", result.message()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String count(List<TestResult> results, Status status) {
        return Long.toString(results.stream().filter(result -> result.status() == status).count());
    }
}
