"""The parameters of the wire format (docs/wire-format.md) in the terms of other optimisers."""

import math


def typed(space, config):
    """The configuration with the types of its parameters: JSON may give 1 for a real parameter at 1.0."""
    return {param["name"]: of_kind(param.get("param", param), config[param["name"]]) for param in space if param["name"] in config}


def of_kind(param, value):
    if param["kind"] == "choice":
        return param["options"][place(param["options"], value)]
    return int(value) if param["kind"] == "int" else float(value)


def place(options, value):
    """The index of an option. Python takes True for 1, but they are two options."""
    return next(k for k, option in enumerate(options) if option == value and isinstance(option, bool) == isinstance(value, bool))


class Axis:
    """A parameter between two numbers, `low` and `high`: `real` or `whole`, on a linear or a log scale. Where optimisers have no such kind,
    stepped parameters and ordered choices are whole numbers that count their values from 0, and the options of a `category` are numbered."""

    def __init__(self, param):
        self.name, self.parent, self.when = param["name"], param.get("parent"), param.get("values")
        plain = param.get("param", param)
        scale = plain.get("scale", "linear")
        if scale not in ("linear", "log") or (scale == "log" and "step" in plain):
            raise ValueError(f"{self.name}: this peer has linear and log scales, and no steps on a log scale")
        self.log = scale == "log"
        self.values = values_of(plain)
        self.chosen = plain["kind"] == "choice"
        if self.chosen and not plain.get("ordered", False):
            self.kind = "category"
        else:
            self.kind = "real" if self.values is None and plain["kind"] == "real" else "whole"
        self.low, self.high = (plain["low"], plain["high"]) if self.values is None else (0, len(self.values) - 1)

    def inside(self, value):
        """The number that stands for a value of the parameter."""
        if self.values is None:
            return value
        return place(self.values, value) if self.chosen else min(range(len(self.values)), key=lambda k: abs(self.values[k] - value))

    def value(self, number):
        """The value of the parameter for a number, which rounding may have moved beyond a bound."""
        number = min(self.high, max(self.low, float(number) if self.kind == "real" else round(float(number))))
        return number if self.values is None else self.values[number]


def numbers_of(axes, config):
    """The numbers that stand for a configuration, of the parameters that exist in it."""
    return {axis.name: axis.inside(config[axis.name]) for axis in axes if axis.name in config}


def config_of(axes, numbers):
    """The configuration for numbers by name. Parameters without a number do not exist in it."""
    return {axis.name: axis.value(numbers[axis.name]) for axis in axes if axis.name in numbers}


def values_of(param):
    """The values of a choice or of a parameter with steps; None for others."""
    if param["kind"] == "choice":
        return param["options"]
    if "step" not in param or (param["kind"] == "int" and param["step"] == 1):
        return None
    count = 1 + math.floor((param["high"] - param["low"]) / param["step"] + 1e-9)
    return [param["low"] + k * param["step"] for k in range(count)]


def axes_of(space, conditional=False):
    axes = [Axis(param) for param in space]
    for axis in axes:
        if axis.parent is not None and not conditional:
            raise ValueError(f"{axis.name}: this peer has no conditional parameters")
    return axes
