"""Figures of calls: counted from scripted ones."""
