"""The administrator's library: documents uploaded, looked at, taken in and out while questions are being answered."""
