"""Executed notebooks become offline pages."""
