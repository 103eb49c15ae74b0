"""The sections of a report, one module each: from the material of one audience to blocks of a document."""
