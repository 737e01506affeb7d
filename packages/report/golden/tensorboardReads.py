"""Prints what TensorBoard reads in folders: `python tensorboardReads.py LIST`, where LIST is a file of their paths, as one line of JSON
per folder: the scalars of each run by its EventAccumulator, and the experiment and the session groups of its HParams plugin.
"""

import json
import os
import sys
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

from google.protobuf import json_format
from tensorboard.backend.event_processing.data_provider import MultiplexerDataProvider
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.backend.event_processing.event_file_loader import RawEventFileLoader
from tensorboard.backend.event_processing.plugin_event_multiplexer import EventMultiplexer
from tensorboard.context import RequestContext
from tensorboard.plugins import base_plugin
from tensorboard.plugins.hparams import api_pb2, backend_context, get_experiment, list_session_groups


def curves(folder):
    """Tag by tag, the steps, values and times."""
    accumulator = EventAccumulator(str(folder), size_guidance={"scalars": 0, "tensors": 0})
    accumulator.Reload()
    found = {}
    for tag in accumulator.Tags()["scalars"]:
        found[tag] = [[event.step, event.value, event.wall_time] for event in accumulator.Scalars(tag)]
    return found


def read(folder):
    files = list(Path(folder).rglob("*tfevents*"))
    events = sum(len(list(RawEventFileLoader(str(file)).Load())) for file in files)
    multiplexer = EventMultiplexer(size_guidance={"scalars": 0, "tensors": 0}, tensor_size_guidance={"scalars": 10000, "hparams": 10000})
    multiplexer.AddRunsFromDirectory(folder)
    multiplexer.Reload()
    provider = MultiplexerDataProvider(multiplexer, folder)
    context = backend_context.Context(base_plugin.TBContext(logdir=folder, data_provider=provider, multiplexer=multiplexer))
    request = RequestContext()
    metadata = context.hparams_metadata(request, "")
    from_provider = context.hparams_from_data_provider(request, "", 0)
    experiment = context.experiment_from_metadata(request, "", True, metadata, from_provider)
    handler = list_session_groups.Handler(
        request_context=request,
        backend_context=context,
        experiment_id="",
        request=api_pb2.ListSessionGroupsRequest(
            allowed_statuses=[api_pb2.STATUS_UNKNOWN, api_pb2.STATUS_SUCCESS, api_pb2.STATUS_FAILURE, api_pb2.STATUS_RUNNING],
            start_index=0,
            slice_size=100000,
            aggregation_type=api_pb2.AGGREGATION_AVG,
        ),
    )
    groups = handler.run()
    return {
        "files": len(files),
        "events": events,
        "runs": {str(child.name): curves(child) for child in Path(folder).iterdir() if child.is_dir()},
        "experiment": json_format.MessageToDict(experiment),
        "groups": json_format.MessageToDict(groups),
    }


for path in Path(sys.argv[1]).read_text().splitlines():
    print(json.dumps(read(path)))
