"""The folder for Windows: Python and libraries, start files, signatures, a page for the IT department."""
