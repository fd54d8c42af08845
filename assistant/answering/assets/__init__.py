"""The state of assets: vehicles and their kinds, large equipment, buildings; held on a date, or to be bought."""

from assistant.answering.assets.answer import answer_assets, asset_value, vehicles_told

__all__ = ["answer_assets", "asset_value", "vehicles_told"]
