"""Where the matrix of tenants expects something else than `not found`, each with its reason."""

import re

# Places where an id may be anybody's, and why that tells nothing and does nothing.
INDIFFERENT = {
    **{
        f"{rpc}({field})": "narrows down what another id names; of a foreign one there is nothing"
        for rpc in ("AppCountLogs", "AppFetchLogs", "AppGetLogs")
        for field in ("function_call_id", "sandbox_id", "parametrized_function_id")
    },
    "AppCountLogs(task_id)": "as above",
    "AppFetchLogs(task_id)": "as above",
    "AppGetLogs(input_id)": "as above",
    "AppPublish(function_ids)": "is refused as one that the app does not have, whosever it is",
    "BlobGet(function_id)": "is not read",
    "ClassCreate(existing_class_id)": "a class that is not the app's own gets a new id",
    "ClassCreate(methods.function_id)": "comes back as it was said",
    "ClassCreate(methods.function_handle_metadata.app_id)": "comes back as it was said",
    "ClassCreate(methods.function_handle_metadata.base_function_id)": "comes back as it was said",
    "FunctionBindParams(function_options.mount_ids)": "is refused, whosever they are: a variant has its function's mounts",
    "FunctionCallCancel(function_id)": "is not read beside the call's id",
    "FunctionCallGetInfo(function_id)": "is not read beside the call's id",
    "FunctionCreate(existing_function_id)": "a function's id follows from its app and its name",
    "FunctionPrecreate(existing_function_id)": "a function's id follows from its app and its name",
    "FunctionCreate(function.object_dependencies.object_id)": "what is not the workspace's own has no handle",
    "FunctionCreate(function_data.ranked_functions.function.object_dependencies.object_id)": "as above",
    "FunctionFinishInputs(function_id)": "is not read beside the call's id",
    "FunctionPutInputs(function_id)": "is not read beside the call's id",
    "FunctionGetOutputs(input_jwts)": "narrows down the call's outputs",
    "FunctionGetTimeRangeStats(container_id)": "narrows down the function's figures",
    "FunctionListVariants(cursor.function_id)": "a place in a list",
    "FunctionMap(parent_input_id)": "an input of another workspace is nobody's parent",
    "FunctionMap(pipelined_inputs.blob_upload_results.blob_id)": "how an upload went, which is not read",
    "FunctionPutInputs(inputs.blob_upload_results.blob_id)": "how an upload went, which is not read",
    "ImageGetOrCreate(app_id)": "is not read",
    "ImageGetOrCreate(existing_image_id)": "is not read",
    "ImageGetOrCreate(image.build_function.input.args_blob_id)": "is not read: arguments of a build stand in the request",
    "ImageGetOrCreate(image.volume_mounts.volume_id)": "builds have no volumes",
    "ImageListTags(image_id)": "narrows down the workspace's names",
    "MountGetOrCreate(app_id)": "is not read",
    "SecretGetOrCreate(app_id)": "is a note",
    "ServerGetTimeRangeStats(container_id)": "narrows down the server's requests",
    "VolumeCommit(volume_id)": "only a container commits and reloads, and is told so before anything is looked up",
    "VolumeCommit(container_id)": "as above",
    "VolumeReload(volume_id)": "as above",
    "VolumeGetOrCreate(app_id)": "is not read",
    "WorkspaceBillingReport(app_ids)": "narrows down what the workspace itself used",
    **{
        f"{rpc}({path})": "this server does not have these, and says so where that matters"
        for rpc, begin in (
            ("FunctionBindParams", "function_options"),
            ("FunctionCreate", "function"),
            ("FunctionCreate", "function_data.ranked_functions.function"),
            ("SandboxCreate", "definition"),
            ("SandboxCreateV2", "definition"),
        )
        for path in (
            f"{begin}.cloud_bucket_mounts.credentials_secret_id",
            f"{begin}.s3_mounts.credentials_secret_id",
            f"{begin}.experimental_outbound_policy.header_replacements.secret_id",
            f"{begin}.outbound_policy.routes.https.header_replacements.secret_id",
        )
    },
}

# Routes that answer nobody but who runs the site, and those of things that a fresh workspace has none of.
OF_THE_SITE = re.compile(r"/v1/(capacity|billing/(trial-balance|anomalies|usage-anomalies))")
NOT_YET = {
    "/v1/billing/calls/{id}": "no usage of its calls has come",
    "/v1/billing/containers/{id}/usage": "as above",
    "/v1/billing/invoices/{number}": "no month of it is over",
    "/v1/billing/invoices/{number}/page": "as above",
    "/v1/billing/exports/{id}": "it has asked for none; billing_exports_test tries another's",
    "/v1/billing/exports/{id}/files/{name}": "as above",
}
